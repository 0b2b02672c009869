using System.Collections.Concurrent;
using Everturn.Loop;
using Everturn.Sessions;
using Everturn.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Everturn.Runtimes.InProcess;

/// <summary>
/// The tasks that carry runs in this process. When the host stops, each run is interrupted like by a person: it keeps
/// what was said, ends at a durable boundary, and can be resumed anywhere.
/// </summary>
internal sealed class RunCarrier(
    RunHost host,
    AgentLoop loop,
    ISessionStore store,
    IServiceScopeFactory scopes,
    TimeProvider time,
    ILogger<RunCarrier> logger
) : IHostedService, IDisposable
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, CarriedRun> _runs = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();
    private volatile bool _isStopping;
    private int _losses;

    /// <summary>Whether a task of this process carries the run.</summary>
    public bool Carries(string runId) => _runs.ContainsKey(runId);

    /// <summary>Whether a run was lost to another owner since the last call.</summary>
    public bool HasLostAny() => Interlocked.Exchange(ref _losses, 0) > 0;

    public void Carry(RunRecord run)
    {
        var carried = new CarriedRun(run);
        if (_runs.TryAdd(run.RunId, carried))
        {
            _ = Task.Run(() => CarryAsync(carried), CancellationToken.None);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _isStopping = true;
        var ending = new List<Task>();
        try
        {
            foreach (var carried in _runs.Values)
            {
                var result = await InterruptAsync(carried.Run, cancellationToken).ConfigureAwait(false);
                // One that is over in the store was taken from this host; nobody waits for what it still does.
                if (result.Run is { Status.IsEnded: false })
                {
                    ending.Add(carried.Gone.Task);
                }
            }

            await Task.WhenAll(ending).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is EverturnException or OperationCanceledException)
        {
            // What did not end in time, or could not be written, is found by the next host.
            RuntimeLog.LeftBehind(logger, ending.Count(task => !task.IsCompleted), exception);
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
    }

    public void Dispose() => _stopping.Dispose();

    private async Task CarryAsync(CarriedRun carried)
    {
        try
        {
            while (!await TryCarryAsync(carried.Run).ConfigureAwait(false))
            {
                await Task.Delay(RetryDelay, time, _stopping.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The run stays as it is, for the next host to find.
        }
        finally
        {
            _runs.TryRemove(new(carried.Run.RunId, carried));
            carried.Gone.SetResult();
        }
    }

    /// <summary>Carries the run to its end, or to where it is no longer this process's.</summary>
    /// <returns>False where it is to be opened again.</returns>
    private async Task<bool> TryCarryAsync(RunRecord run)
    {
        var scope = scopes.CreateAsyncScope();
        await using var _ = scope.ConfigureAwait(false);
        RunExecution? execution = null;
        try
        {
            execution = await host.OpenAsync(run.Session, run.RunId, scope.ServiceProvider, _stopping.Token)
                .ConfigureAwait(false);
            if (execution is not null && _isStopping)
            {
                await InterruptAsync(run, _stopping.Token).ConfigureAwait(false);
            }

            while (execution?.Run.Status.IsEnded == false)
            {
                await loop.StepAsync(execution, _stopping.Token).ConfigureAwait(false);
            }

            return true;
        }
        catch (OwnershipLostException)
        {
            Interlocked.Increment(ref _losses);
            return true;
        }
#pragma warning disable CA1031 // Steps fail only when the store does, or the agent cannot be made: both may pass.
        catch (Exception exception) when (!_stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            RuntimeLog.StepFailed(logger, run.RunId, exception);
            return false;
        }
        finally
        {
            if (execution is not null)
            {
                host.Close(execution);
            }
        }
    }

    private ValueTask<SessionCommitResult> InterruptAsync(RunRecord run, CancellationToken cancellationToken) =>
        store.CommitAsync(
            new()
            {
                Session = run.Session,
                Kind = CommitKind.Command,
                At = time.GetUtcNow(),
                Command = new()
                {
                    Session = run.Session,
                    RunId = run.RunId,
                    Kind = CommandKind.Interrupt,
                    Reason = RunReason.HostStopped,
                    CreatedAt = time.GetUtcNow(),
                },
            },
            cancellationToken
        );

    private sealed class CarriedRun(RunRecord run)
    {
        public RunRecord Run { get; } = run;

        public TaskCompletionSource Gone { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
