using Everturn.Testing.Crashes;

namespace Everturn.Crash.Tests;

/// <summary>A sweep over every write of a workflow's instance: its journal, its claims, its events and its end.</summary>
public abstract class JourneySweep(string workflow, ITestOutputHelper output) : KillSweep(output)
{
    private protected override int MaxArrivals => int.MaxValue;

    /// <summary>Before each write and after it; what dies inside of one leaves what dies before it leaves, as other sweeps show.</summary>
    private protected override bool IsSwept(string point) =>
        base.IsSwept(point) && !point.EndsWith(".inside", StringComparison.Ordinal);

    [Fact]
    public Task SY_04_wherever_the_process_is_killed_the_workflow_ends_the_same_and_repeats_nothing_recorded() =>
        SweepAsync(coLocate: true);

    private protected override CrashProgram Program(bool coLocate) => Hosts.Program(coLocate, stayInMemoryMs: 10);

    internal override Task<(int Deaths, IReadOnlyDictionary<string, int> Arrivals)> RunAsync(
        CrashHarness harness,
        string id,
        CrashSettings? crash,
        CancellationToken cancellationToken
    ) => new JourneyCase(harness, Journey.Of(workflow), id).RunAsync(crash, cancellationToken);
}
