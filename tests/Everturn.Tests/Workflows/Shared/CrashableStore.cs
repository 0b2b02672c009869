using System.Collections.Concurrent;
using Everturn.Sessions;
using Everturn.Storage;
using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Tests.Workflows;

/// <summary>
/// Ends "the process" at a chosen write: from then on no call returns, so that nothing the host still does has an effect.
/// </summary>
public sealed class CrashableStore(IWorkflowStore inner) : IWorkflowStore
{
    private readonly TaskCompletionSource _crashed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _writes;
    private volatile bool _isDead;

    /// <summary>The number of the write to die at, from 1; 0 for never.</summary>
    public int CrashAt { get; set; }

    /// <summary>Whether that write still reaches the store.</summary>
    public bool CrashAfterWrite { get; set; }

    /// <summary>What deletions fail with; null for nothing.</summary>
    public Exception? DeleteFailure { get; set; }

    /// <summary>What a look for an instance waits for.</summary>
    public Func<InstanceKey, Task>? Finding { get; set; }

    public int Writes => _writes;

    /// <summary>How many of the next releases of orphans the store refuses.</summary>
    public int RefusedReleases { get; set; }

    public ConcurrentQueue<InstanceCommit> Commits { get; } = new();

    public Task Crashed => _crashed.Task;

    public void Crash()
    {
        _isDead = true;
        _crashed.TrySetResult();
    }

    public IChangeSignal Changes => inner.Changes;

    public ValueTask<CreatedInstance> CreateAsync(
        NewInstance instance,
        CancellationToken cancellationToken = default
    ) => WriteAsync(() => inner.CreateAsync(instance, cancellationToken));

    public ValueTask<IReadOnlyList<InstanceRecord>> CreateBatchAsync(
        IReadOnlyList<NewInstance> instances,
        CancellationToken cancellationToken = default
    ) => WriteAsync(() => inner.CreateBatchAsync(instances, cancellationToken));

    public ValueTask<InstanceRecord?> FireAsync(
        ScheduledInstance firing,
        CancellationToken cancellationToken = default
    ) => WriteAsync(() => inner.FireAsync(firing, cancellationToken));

    public ValueTask<DateTimeOffset?> LastFiringAsync(
        string workflow,
        string cron,
        CancellationToken cancellationToken = default
    ) => ReadAsync(() => inner.LastFiringAsync(workflow, cron, cancellationToken));

    public ValueTask<IReadOnlyList<InstanceRecord>> ClaimAsync(
        ClaimRequest request,
        CancellationToken cancellationToken = default
    ) => WriteAsync(() => inner.ClaimAsync(request, cancellationToken));

    public async ValueTask CommitAsync(InstanceCommit commit, CancellationToken cancellationToken = default)
    {
        Commits.Enqueue(commit);
        await WriteAsync(() => DoneAsync(inner.CommitAsync(commit, cancellationToken)));
    }

    public ValueTask<long> AppendEventAsync(NewEvent newEvent, CancellationToken cancellationToken = default) =>
        ReadAsync(() => inner.AppendEventAsync(newEvent, cancellationToken));

    public async ValueTask PauseAsync(
        InstanceKey key,
        DateTimeOffset at,
        CancellationToken cancellationToken = default
    ) => await ReadAsync(() => DoneAsync(inner.PauseAsync(key, at, cancellationToken)));

    public async ValueTask ResumeAsync(
        InstanceKey key,
        DateTimeOffset at,
        CancellationToken cancellationToken = default
    ) => await ReadAsync(() => DoneAsync(inner.ResumeAsync(key, at, cancellationToken)));

    public async ValueTask TerminateAsync(
        InstanceTermination termination,
        CancellationToken cancellationToken = default
    ) => await ReadAsync(() => DoneAsync(inner.TerminateAsync(termination, cancellationToken)));

    public async ValueTask RestartAsync(InstanceRestart restart, CancellationToken cancellationToken = default) =>
        await ReadAsync(() => DoneAsync(inner.RestartAsync(restart, cancellationToken)));

    public async ValueTask DeleteAsync(
        InstanceKey key,
        NewEvent? notify = null,
        CancellationToken cancellationToken = default
    ) =>
        await ReadAsync(() =>
            DoneAsync(
                DeleteFailure is { } failure
                    ? ValueTask.FromException(failure)
                    : inner.DeleteAsync(key, notify, cancellationToken)
            )
        );

    public ValueTask<int> SweepAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) =>
        ReadAsync(() => inner.SweepAsync(now, limit, cancellationToken));

    public ValueTask<int> ReleaseOrphansAsync(DateTimeOffset now, CancellationToken cancellationToken = default) =>
        RefusedReleases-- > 0
            ? throw new StoreUnavailableException("The store is recovering from a failed write. Try again.")
            : ReadAsync(() => inner.ReleaseOrphansAsync(now, cancellationToken));

    public ValueTask<InstanceRecord?> FindAsync(InstanceKey key, CancellationToken cancellationToken = default) =>
        ReadAsync(async () =>
        {
            await (Finding?.Invoke(key) ?? Task.CompletedTask);
            return await inner.FindAsync(key, cancellationToken);
        });

    public ValueTask<InstanceHistory?> ReadAsync(InstanceKey key, CancellationToken cancellationToken = default) =>
        ReadAsync(() => inner.ReadAsync(key, cancellationToken));

    public ValueTask<JournalRecord?> FindRecordAsync(
        InstanceKey key,
        JournalKey step,
        CancellationToken cancellationToken = default
    ) => ReadAsync(() => inner.FindRecordAsync(key, step, cancellationToken));

    public ValueTask<Payload?> ReadChunkAsync(
        InstanceKey key,
        JournalKey step,
        int attempt,
        int index,
        CancellationToken cancellationToken = default
    ) => ReadAsync(() => inner.ReadChunkAsync(key, step, attempt, index, cancellationToken));

    public ValueTask<IReadOnlyList<StoredLogEntry>> ReadLogAsync(
        InstanceKey key,
        long after,
        int limit,
        CancellationToken cancellationToken = default
    ) => ReadAsync(() => inner.ReadLogAsync(key, after, limit, cancellationToken));

    public ValueTask<IReadOnlyDictionary<InstanceStatus, long>> CountAsync(
        string tenant,
        string workflow,
        CancellationToken cancellationToken = default
    ) => ReadAsync(() => inner.CountAsync(tenant, workflow, cancellationToken));

    public ValueTask<IReadOnlyList<OwnedInstance>> ReadOwnedAsync(
        NodeIdentity node,
        CancellationToken cancellationToken = default
    ) => ReadAsync(() => inner.ReadOwnedAsync(node, cancellationToken));

    public ValueTask<IReadOnlyList<InstanceRecord>> ListAsync(
        InstanceQuery query,
        CancellationToken cancellationToken = default
    ) => ReadAsync(() => inner.ListAsync(query, cancellationToken));

    public ValueTask<DateTimeOffset?> NextDueAsync(
        IReadOnlyCollection<ClaimableWorkflow> workflows,
        CancellationToken cancellationToken = default
    ) => ReadAsync(() => inner.NextDueAsync(workflows, cancellationToken));

    public ValueTask<PendingCallRecord?> FindCallAsync(
        string tenant,
        string approvalId,
        CancellationToken cancellationToken = default
    ) => ReadAsync(() => inner.FindCallAsync(tenant, approvalId, cancellationToken));

    public ValueTask<Page<PendingCallRecord>> ListCallsAsync(
        PendingCallQuery query,
        CancellationToken cancellationToken = default
    ) => ReadAsync(() => inner.ListCallsAsync(query, cancellationToken));

    public ValueTask<bool> DecideCallAsync(
        PendingCallRecord decided,
        NewEvent outcome,
        CancellationToken cancellationToken = default
    ) => WriteAsync(() => inner.DecideCallAsync(decided, outcome, cancellationToken));

    private static async Task<T> NeverAsync<T>() => await new TaskCompletionSource<T>().Task;

    private static async ValueTask<bool> DoneAsync(ValueTask task)
    {
        await task;
        return true;
    }

    private async ValueTask<T> WriteAsync<T>(Func<ValueTask<T>> write)
    {
        var number = Interlocked.Increment(ref _writes);
        if (_isDead)
        {
            return await NeverAsync<T>();
        }

        if (number != CrashAt)
        {
            return await write();
        }

        _isDead = true;
        if (CrashAfterWrite)
        {
            await write();
        }

        _crashed.TrySetResult();
        return await NeverAsync<T>();
    }

    private async ValueTask<T> ReadAsync<T>(Func<ValueTask<T>> read) => _isDead ? await NeverAsync<T>() : await read();
}
