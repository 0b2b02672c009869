namespace Everturn.Crash.Tests;

/// <summary>A sweep that is shown as one test.</summary>
public abstract class CrashSweep(ITestOutputHelper output) : KillSweep(output)
{
    [Fact]
    public Task Invariants_hold_wherever_the_process_is_killed() => SweepAsync(coLocate: true);
}
