using Everturn.Agents;
using Everturn.Testing.Crashes;

namespace Everturn.Crash.Tests;

/// <summary>
/// A run of the in-process runtime that suspends at a call and goes on by itself when that is answered. Where its host
/// dies under it, it is marked interrupted, and somebody resumes it.
/// </summary>
public sealed class InProcessAnswerSweep(ITestOutputHelper output) : CrashSweep(output)
{
    // Of the two runs of a case, the second is the one that the answer begins.
    private protected override int MaxArrivals => 2;

    private protected override CrashProgram Program(bool coLocate) =>
        Hosts.Program(coLocate, runtime: AgentRuntimes.InProcess);

    // Steps of that runtime are killed elsewhere: here it is what comes of waiting.
    private protected override bool IsSwept(string point) =>
        base.IsSwept(point)
        && !point.StartsWith("step-", StringComparison.Ordinal)
        && !point.StartsWith("delta-", StringComparison.Ordinal);

    internal override async Task<(int Deaths, IReadOnlyDictionary<string, int> Arrivals)> RunAsync(
        CrashHarness harness,
        string id,
        CrashSettings? crash,
        CancellationToken cancellationToken
    )
    {
        var swept = new SweptSession(harness, id);
        await swept.ArmAsync(crash, cancellationToken);
        await harness.StartAsync("waiting", id, cancellationToken);
        var interruptions = await ReachAsync(harness, id, "paused", 0, cancellationToken);
        var call = (await harness.WaitingAsync(id, cancellationToken)).ShouldHaveSingleItem();
        await harness.AnswerAsync(call, new { kind = "approve" }, cancellationToken);
        interruptions = await ReachAsync(harness, id, "completed", interruptions, cancellationToken);
        var session = await swept.EndAsync(cancellationToken);
        var statuses = session.Runs.Select(run => run.Status).ToList();
        statuses.Where(status => status != "interrupted").ShouldBe(["suspended_client_tool", "completed"]);
        statuses.Count(status => status == "interrupted").ShouldBe(interruptions);
        (await harness.WaitingAsync(id, cancellationToken)).ShouldBeEmpty();
        swept.Verify(session, 1);
        return swept.Outcome;
    }

    /// <summary>Waits for a status, and resumes the session whenever a host that died had left it interrupted.</summary>
    /// <returns>How often that was, all in all.</returns>
    private static async Task<int> ReachAsync(
        CrashHarness harness,
        string id,
        string status,
        int interruptions,
        CancellationToken cancellationToken
    )
    {
        while (await harness.WaitForAnyAsync(id, [status, "interrupted"], cancellationToken) == "interrupted")
        {
            interruptions++;
            await harness.PostAsync(
                $"crash/sessions/{id}/resume?requestId={id}-resume-{interruptions}",
                cancellationToken
            );
        }

        return interruptions;
    }
}
