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
        var swept = new SweptSession(harness, id);
        await swept.ArmAsync(crash, cancellationToken);
        await harness.StartAsync("expiring", id, cancellationToken);
        await harness.WaitForAsync(id, "completed", cancellationToken);
        var session = await swept.EndAsync(cancellationToken);
        session.Runs.Select(run => run.Status).ShouldBe(["suspended_client_tool", "completed"]);
        session.Messages[2].Content.ShouldBe("Nobody answered in time.");
        swept.Verify(session, 0);
        return swept.Outcome;
    }
}
