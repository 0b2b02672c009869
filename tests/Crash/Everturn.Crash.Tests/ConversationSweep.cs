using Everturn.Testing.Crashes;

namespace Everturn.Crash.Tests;

/// <summary>A sweep over a conversation.</summary>
public abstract class ConversationSweep(string scenario, ITestOutputHelper output) : CrashSweep(output)
{
    internal override async Task<(int Deaths, IReadOnlyDictionary<string, int> Arrivals)> RunAsync(
        CrashHarness harness,
        string id,
        CrashSettings? crash,
        CancellationToken cancellationToken
    )
    {
        var conversation = new Conversation(harness, Scenario.Of(scenario), id);
        var finished = new FinishedCalls(harness, id);
        var restarts = harness.Restarts;
        await harness.ArmAsync(crash, cancellationToken);
        await conversation.HaveAsync(cancellationToken);
        var arrivals = await harness.SettleAsync(cancellationToken);
        await harness.ArmAsync(null, cancellationToken);
        var deaths = harness.Restarts - restarts;
        await conversation.VerifyAsync(finished, 1 + deaths, cancellationToken);
        return (deaths, arrivals);
    }
}
