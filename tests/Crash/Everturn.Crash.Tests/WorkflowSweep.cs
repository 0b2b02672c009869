using Everturn.Testing.Crashes;

namespace Everturn.Crash.Tests;

/// <summary>A sweep over an instance of a workflow.</summary>
public abstract class WorkflowSweep(string workflow, ITestOutputHelper output) : CrashSweep(output)
{
    internal override Task<(int Deaths, IReadOnlyDictionary<string, int> Arrivals)> RunAsync(
        CrashHarness harness,
        string id,
        CrashSettings? crash,
        CancellationToken cancellationToken
    ) => new WorkflowCase(harness, workflow, id).RunAsync(crash, cancellationToken);
}
