using Everturn.Loop;
using Everturn.Runtimes;
using Everturn.Sessions;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Agents.Steps;

/// <summary>
/// Opens runs for workflow steps, and shares one that is open already: steps that execute calls of one run in parallel
/// would take it away from each other otherwise. A run nobody uses any more is closed, so that an instance may leave
/// memory between two steps.
/// </summary>
internal sealed class RunLeases(RunHost host, IServiceScopeFactory scopes)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, OpenRun> _open = new(StringComparer.Ordinal);

    /// <summary>Opens a run, or joins those who have it open. Dispose the lease.</summary>
    public async ValueTask<RunLease> OpenAsync(SessionKey key, string runId)
    {
        OpenRun? run;
        lock (_lock)
        {
            if (!_open.TryGetValue(runId, out run))
            {
                // No token: others may join.
                var scope = scopes.CreateAsyncScope();
                run = new(scope, Task.Run(() => host.OpenAsync(key, runId, scope.ServiceProvider, default).AsTask()));
                _open.Add(runId, run);
            }

            run.Users++;
        }

        var lease = new RunLease(this, runId, run);
        try
        {
            lease.Execution = await run.Opening.ConfigureAwait(false);
            return lease;
        }
        catch
        {
            lease.Abandon();
            await lease.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Lets nobody else join: what is in memory may not be what is stored.</summary>
    public void Abandon(string runId, OpenRun run)
    {
        lock (_lock)
        {
            if (_open.TryGetValue(runId, out var current) && current == run)
            {
                _open.Remove(runId);
            }
        }
    }

    public async ValueTask ReleaseAsync(string runId, OpenRun run)
    {
        lock (_lock)
        {
            if (--run.Users > 0)
            {
                return;
            }
        }

        Abandon(runId, run);
        if (run.Opening is { IsCompletedSuccessfully: true, Result: { } execution })
        {
            host.Close(execution);
        }

        run.Gate.Dispose();
        await run.Scope.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>A run that steps have open.</summary>
    internal sealed class OpenRun(AsyncServiceScope scope, Task<RunExecution?> opening)
    {
        public AsyncServiceScope Scope { get; } = scope;

        public Task<RunExecution?> Opening { get; } = opening;

        public SemaphoreSlim Gate { get; } = new(1, 1);

        public int Users { get; set; }
    }
}
