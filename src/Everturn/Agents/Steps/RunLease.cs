using Everturn.Loop;

namespace Everturn.Agents.Steps;

/// <summary>A step's share of an open run.</summary>
internal sealed class RunLease(RunLeases leases, string runId, RunLeases.OpenRun run) : IAsyncDisposable
{
    /// <summary>The run; null where it has ended, or there is none.</summary>
    public RunExecution? Execution { get; set; }

    /// <summary>For what one step does at a time: commits, and looks at the open calls.</summary>
    public SemaphoreSlim Gate => run.Gate;

    /// <summary>The next step opens the run anew.</summary>
    public void Abandon() => leases.Abandon(runId, run);

    public ValueTask DisposeAsync() => leases.ReleaseAsync(runId, run);
}
