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
        var reader = new SessionReader(id);
        var finished = new FinishedCalls(harness, id);
        var restarts = harness.Restarts;
        await harness.ArmAsync(crash, cancellationToken);
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
        await harness.SurviveAsync((process, ct) => reader.ReadToEndAsync(process.Client, ct), cancellationToken);
        var arrivals = await harness.SettleAsync(cancellationToken);
        await harness.ArmAsync(null, cancellationToken);

        var session = await harness.SurviveAsync(
            (process, ct) => process.Client.ReadEvidenceAsync(id, ct),
            cancellationToken
        );
        session
            .Runs.Select(run => run.Status)
            .ShouldBe(["suspended_step_partial", "suspended_step_partial", "completed"]);
        (await harness.WaitingAsync(id, cancellationToken)).ShouldBeEmpty();
        new InvariantChecker()
            .Session(session)
            .Reader(session, reader)
            .Effects(finished.Of(id), finished.Now(id), 2)
            .Verify();
        return (harness.Restarts - restarts, arrivals);
    }
}
