using Everturn.Testing.Crashes;

namespace Everturn.Crash.Tests;

/// <summary>A run that suspends at a call that nobody answers, and goes on by itself when its time is over.</summary>
public sealed class ExpirySweep(ITestOutputHelper output) : CrashSweep(output)
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
        await harness.StartAsync("expiring", id, cancellationToken);
        await harness.WaitForAsync(id, "completed", cancellationToken);
        await harness.SurviveAsync((process, ct) => reader.ReadToEndAsync(process.Client, ct), cancellationToken);
        var arrivals = await harness.SettleAsync(cancellationToken);
        await harness.ArmAsync(null, cancellationToken);

        var session = await harness.SurviveAsync(
            (process, ct) => process.Client.ReadEvidenceAsync(id, ct),
            cancellationToken
        );
        session.Runs.Select(run => run.Status).ShouldBe(["suspended_client_tool", "completed"]);
        session.Messages[2].Content.ShouldBe("Nobody answered in time.");
        new InvariantChecker()
            .Session(session)
            .Reader(session, reader)
            .Effects(finished.Of(id), finished.Now(id), 0)
            .Verify();
        return (harness.Restarts - restarts, arrivals);
    }
}
