namespace Everturn.Crash.Tests;

/// <summary>A sweep over a conversation, also where the instance of a run is not created in the run's own commit.</summary>
public abstract class TransitionSweep(string scenario, ITestOutputHelper output) : ConversationSweep(scenario, output)
{
    [Fact]
    public Task Invariants_hold_wherever_the_process_is_killed_without_co_location() => SweepAsync(coLocate: false);
}
