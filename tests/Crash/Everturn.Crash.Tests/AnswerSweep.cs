using Everturn.Testing.Crashes;

namespace Everturn.Crash.Tests;

/// <summary>
/// A run that suspends at three calls, one that is answered and resumed by itself, and the others, the last of which
/// resumes.
/// </summary>
public sealed class AnswerSweep(ITestOutputHelper output) : CrashSweep(output)
{
    internal override async Task<(int Deaths, IReadOnlyDictionary<string, int> Arrivals)> RunAsync(
        CrashHarness harness,
        string id,
        CrashSettings? crash,
        CancellationToken cancellationToken
    )
    {
        var swept = new SweptSession(harness, id);
        await swept.ArmAsync(crash, cancellationToken);
        await harness.StartAsync("gated", id, cancellationToken);
        await harness.WaitForAsync(id, "paused", cancellationToken);
        var calls = await harness.WaitingAsync(id, cancellationToken);
        calls.Count.ShouldBe(3);
        await harness.AnswerAsync(calls[0], new { kind = "approve" }, cancellationToken);
        await harness.PostAsync($"crash/sessions/{id}/resume?requestId={id}-resume", cancellationToken);
        await harness.WaitForAsync(id, "paused", cancellationToken);
        await harness.AnswerAsync(calls[1], new { kind = "deny", reason = "no" }, cancellationToken);
        await harness.AnswerAsync(calls[2], new { kind = "approve", resume = true }, cancellationToken);
        await harness.WaitForAsync(id, "completed", cancellationToken);
        var session = await swept.EndAsync(cancellationToken);
        session
            .Runs.Select(run => run.Status)
            .ShouldBe(["suspended_step_partial", "suspended_step_partial", "completed"]);
        (await harness.WaitingAsync(id, cancellationToken)).ShouldBeEmpty();
        swept.Verify(session, 2);
        return swept.Outcome;
    }
}
