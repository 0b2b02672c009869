using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Everturn.Storage;
using Everturn.Workflows.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Everturn.Workflows;

/// <summary>The instances that this process executes.</summary>
internal sealed partial class InstanceHost(
    IWorkflowStore store,
    INodeDirectory nodes,
    WorkflowRegistry registry,
    EndWaiters waiters,
    IEnumerable<IInstanceListener> listeners,
    WorkflowEngineHealth health,
    IServiceProvider services,
    TimeProvider time,
    IOptions<WorkflowOptions> options,
    ILogger<InstanceHost> logger,
    IInstanceOverrides? overrides = null
) : IInstanceRunner
{
    private readonly ConcurrentDictionary<InstanceKey, InstanceExecution> _active = new();
    private readonly IInstanceListener[] _listeners = [.. listeners];
    private volatile bool _isOpen;

    /// <summary>Told when there may be something to claim: at the time, which may be past.</summary>
    public Action<DateTimeOffset?> OnDue { get; set; } = static _ => { };

    public IWorkflowStore Store => store;

    public IServiceProvider Services => services;

    public TimeProvider Time => time;

    public WorkflowOptions Options { get; } = options.Value;

    /// <summary>How many more instances may be taken.</summary>
    public int Capacity => _isOpen ? Math.Max(0, Options.MaxActive - _active.Count) : 0;

    /// <summary>The host stops, so that no further step starts.</summary>
    public bool IsClosing { get; private set; }

    public NodeIdentity? Claimant => Capacity > 0 ? nodes.Self : null;

    public ICollection<InstanceExecution> Active => _active.Values;

    public IStepOverrides? OverridesOf(InstanceKey key) => overrides?.Of(key);

    public void Open() => _isOpen = true;

    public bool IsActive(InstanceKey key) => _active.ContainsKey(key);

    public bool TryGetActive(InstanceKey key, [NotNullWhen(true)] out InstanceExecution? execution) =>
        _active.TryGetValue(key, out execution);

    public void NotifyCreated(InstanceRecord created)
    {
        ArgumentNullException.ThrowIfNull(created);
        if (created.Owner == nodes.Self && !created.Status.IsTerminal)
        {
            StartNew(created);
        }
        else if (created.Owner is null)
        {
            Wake();
        }
    }

    /// <summary>Executes an instance that was created for this node a moment ago.</summary>
    public void StartNew(InstanceRecord record)
    {
        if (TryAdd(record, out var execution))
        {
            execution.Start();
        }
        else if (TryGetActive(record.Key, out var other) && !IsSame(other.Record, record))
        {
            _ = StartAfterAsync(other, record);
        }
    }

    /// <summary>Executes an instance that this node claimed.</summary>
    public async Task StartClaimedAsync(InstanceRecord record)
    {
        if (record.ClaimCount > (RegistrationOf(record).MaxClaims ?? Options.MaxClaims))
        {
            await ExhaustAsync(record).ConfigureAwait(false);
        }
        else if (
            await store.ReadAsync(record.Key).ConfigureAwait(false) is { } history
            && history.Record.Owner == record.Owner
            && history.Record.OwnerEpoch == record.OwnerEpoch
        )
        {
            await LeaveAsync(record.Key).ConfigureAwait(false);
            if (TryAdd(history.Record, out var execution))
            {
                execution.Start(history);
            }
        }
    }

    /// <summary>Stops what is executed of an instance here: somebody has taken it away, or it is gone.</summary>
    public async Task LeaveAsync(InstanceKey key)
    {
        if (TryGetActive(key, out var execution))
        {
            execution.TakeAway();
            await execution.Released.ConfigureAwait(false);
        }
    }

    /// <summary>Something can be claimed now.</summary>
    public void Wake() => Expect(time.GetUtcNow());

    /// <summary>Something can be claimed at <paramref name="wakeAt"/>.</summary>
    public void Expect(DateTimeOffset? wakeAt) => OnDue(wakeAt);

    public void Remove(InstanceExecution execution)
    {
        if (!_active.TryRemove(new(execution.Record.Key, execution)))
        {
            return;
        }

        WorkflowInstruments.Left(execution.Record.Key.Workflow);
        if (_active.Count == Options.MaxActive - 1 || registry.IsLimited(execution.Record.Key.Workflow))
        {
            Wake();
        }
    }

    public void Ended(InstanceRecord record)
    {
        WorkflowInstruments.Ended(record);
        waiters.Ended(record.Key, record);
        foreach (var listener in _listeners)
        {
            listener.Ended(record);
        }
    }

    public void CommitFailed(InstanceKey key, Exception exception)
    {
        if (exception is OwnershipLostException)
        {
            WorkflowLog.OwnershipLost(logger, key);
        }
        else
        {
            health.CommitFailed(exception);
            WorkflowLog.CommitFailed(logger, key, exception);
        }
    }

    /// <summary>A commit is durable; who else it concerns is told.</summary>
    public void Committed(InstanceCommit commit)
    {
        health.CommitSucceeded();
        if (commit.Notify is { } notify)
        {
            Notified(notify.Key);
        }
    }

    public void Mismatched(InstanceKey key, InstanceError error) => WorkflowLog.Mismatch(logger, key, error.Message);

    public void DisposeFailed(InstanceKey key, Exception exception) =>
        WorkflowLog.DisposeFailed(logger, key, exception);

    /// <summary>Gives everything up for other nodes, letting steps in flight finish until the token is cancelled.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        IsClosing = true;
        _isOpen = false;
        var leaving = Active;
        foreach (var execution in leaving)
        {
            execution.Stop();
        }

        var left = Task.WhenAll(leaving.Select(execution => execution.Left));
        using var grace = new CancellationTokenSource(Options.ShutdownGrace, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(grace.Token, cancellationToken);
        try
        {
            await left.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            foreach (var execution in leaving)
            {
                execution.Cancel();
            }

            await Task.WhenAll(leaving.Select(execution => execution.Released))
                .WaitAsync(cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private bool TryAdd(InstanceRecord record, [NotNullWhen(true)] out InstanceExecution? execution)
    {
        execution = new InstanceExecution(this, RegistrationOf(record), record);
        if (!_active.TryAdd(record.Key, execution))
        {
            return false;
        }

        WorkflowInstruments.Entered(record.Key.Workflow);
        return true;
    }

    private static bool IsSame(InstanceRecord one, InstanceRecord other) =>
        one.OwnerEpoch == other.OwnerEpoch && one.CreatedAt == other.CreatedAt;

    /// <summary>An instance of the same id was deleted a moment ago and is on its way out.</summary>
    private async Task StartAfterAsync(InstanceExecution other, InstanceRecord record)
    {
        other.TakeAway();
        await other.Released.ConfigureAwait(false);
        if (TryAdd(record, out var execution))
        {
            execution.Start();
        }
    }

    private async Task ExhaustAsync(InstanceRecord record)
    {
        var error = new InstanceError(
            "recovery_exhausted",
            $"The instance was taken up {record.ClaimCount - 1} times without getting any further."
        );
        var ended = time.GetUtcMilliseconds();
        await store
            .CommitAsync(
                new InstanceCommit(record.Key, record.Fence)
                {
                    Status = InstanceStatus.Errored,
                    Error = error,
                    EndedAt = ended,
                    ExpiresAt = ExpiresAt(record, InstanceStatus.Errored, ended),
                    Notify = ChildNotice.For(record, InstanceStatus.Errored, default, error, ended),
                }
            )
            .ConfigureAwait(false);
        WorkflowLog.RecoveryExhausted(logger, record.Key, record.ClaimCount - 1);
        Ended(record with { Status = InstanceStatus.Errored, Error = error, EndedAt = ended, Owner = null });
    }
}
