using Everturn.Sessions;
using Everturn.Storage;
using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Testing.Introspection;

/// <summary>
/// One host's way to the workflow store. Tells the kit of new instances and of every change, and lets the host die at a
/// write: from then on each of its calls is refused, as those of a dead process would be.
/// </summary>
/// <param name="inner">The store.</param>
/// <param name="hub">What the test knows.</param>
/// <param name="crash">Ends the host.</param>
/// <param name="wake">
/// Lets the host look for work. It would find an event that came from elsewhere at its next poll, but the clock stands still.
/// </param>
internal sealed class ObservedStore(IWorkflowStore inner, IntrospectionHub hub, Action crash, Action wake)
    : IWorkflowStore
{
    private int _deaths;

    public IChangeSignal Changes => inner.Changes;

    /// <summary>From here on nothing that the host does has an effect.</summary>
    /// <returns>False if it was dead before.</returns>
    public bool Die() => Interlocked.Exchange(ref _deaths, 1) == 0;

    public ValueTask<CreatedInstance> CreateAsync(
        NewInstance instance,
        CancellationToken cancellationToken = default
    ) =>
        WriteAsync(async () =>
        {
            var created = await inner.CreateAsync(instance, cancellationToken).ConfigureAwait(false);
            if (created.IsNew)
            {
                await hub.CreatedAsync(inner, created.Record).ConfigureAwait(false);
            }

            return created;
        });

    public ValueTask<IReadOnlyList<InstanceRecord>> CreateBatchAsync(
        IReadOnlyList<NewInstance> instances,
        CancellationToken cancellationToken = default
    ) =>
        WriteAsync(async () =>
        {
            var created = await inner.CreateBatchAsync(instances, cancellationToken).ConfigureAwait(false);
            foreach (var record in created)
            {
                await hub.CreatedAsync(inner, record).ConfigureAwait(false);
            }

            return created;
        });

    public ValueTask<InstanceRecord?> FireAsync(
        ScheduledInstance firing,
        CancellationToken cancellationToken = default
    ) =>
        WriteAsync(async () =>
        {
            var fired = await inner.FireAsync(firing, cancellationToken).ConfigureAwait(false);
            if (fired is not null)
            {
                await hub.CreatedAsync(inner, fired).ConfigureAwait(false);
            }

            return fired;
        });

    public ValueTask CommitAsync(InstanceCommit commit, CancellationToken cancellationToken = default) =>
        WriteAsync(async () =>
        {
            var moment = hub.Of(commit.Key).NextWrite(commit);
            if (moment == CrashMoment.BeforeWrite)
            {
                Crash();
            }

            await inner.CommitAsync(commit, cancellationToken).ConfigureAwait(false);
            if (moment == CrashMoment.AfterWrite)
            {
                Crash();
            }

            if (commit.Release)
            {
                wake();
            }
        });

    public ValueTask RestartAsync(InstanceRestart restart, CancellationToken cancellationToken = default) =>
        WriteAsync(async () =>
        {
            await inner.RestartAsync(restart, cancellationToken).ConfigureAwait(false);
            await hub.RestartedAsync(inner, restart).ConfigureAwait(false);
        });

    public ValueTask<IReadOnlyList<InstanceRecord>> ClaimAsync(
        ClaimRequest request,
        CancellationToken cancellationToken = default
    ) => WriteAsync(() => inner.ClaimAsync(request, cancellationToken));

    public ValueTask<long> AppendEventAsync(NewEvent newEvent, CancellationToken cancellationToken = default) =>
        WriteAsync(() => inner.AppendEventAsync(newEvent, cancellationToken));

    public ValueTask PauseAsync(InstanceKey key, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        WriteAsync(() => inner.PauseAsync(key, at, cancellationToken));

    public ValueTask ResumeAsync(InstanceKey key, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        WriteAsync(() => inner.ResumeAsync(key, at, cancellationToken));

    public ValueTask TerminateAsync(InstanceTermination termination, CancellationToken cancellationToken = default) =>
        WriteAsync(() => inner.TerminateAsync(termination, cancellationToken));

    public ValueTask DeleteAsync(
        InstanceKey key,
        NewEvent? notify = null,
        CancellationToken cancellationToken = default
    ) => WriteAsync(() => inner.DeleteAsync(key, notify, cancellationToken));

    public ValueTask<int> SweepAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) =>
        WriteAsync(() => inner.SweepAsync(now, limit, cancellationToken));

    public ValueTask<int> ReleaseOrphansAsync(DateTimeOffset now, CancellationToken cancellationToken = default) =>
        WriteAsync(() => inner.ReleaseOrphansAsync(now, cancellationToken));

    public ValueTask<DateTimeOffset?> LastFiringAsync(
        string workflow,
        string cron,
        CancellationToken cancellationToken = default
    ) => Living().LastFiringAsync(workflow, cron, cancellationToken);

    public ValueTask<InstanceRecord?> FindAsync(InstanceKey key, CancellationToken cancellationToken = default) =>
        Living().FindAsync(key, cancellationToken);

    public ValueTask<InstanceHistory?> ReadAsync(InstanceKey key, CancellationToken cancellationToken = default) =>
        Living().ReadAsync(key, cancellationToken);

    public ValueTask<IReadOnlyList<OwnedInstance>> ReadOwnedAsync(
        NodeIdentity node,
        CancellationToken cancellationToken = default
    ) => Living().ReadOwnedAsync(node, cancellationToken);

    public ValueTask<IReadOnlyList<InstanceRecord>> ListAsync(
        InstanceQuery query,
        CancellationToken cancellationToken = default
    ) => Living().ListAsync(query, cancellationToken);

    public ValueTask<IReadOnlyDictionary<InstanceStatus, long>> CountAsync(
        string tenant,
        string workflow,
        CancellationToken cancellationToken = default
    ) => Living().CountAsync(tenant, workflow, cancellationToken);

    public ValueTask<IReadOnlyList<StoredLogEntry>> ReadLogAsync(
        InstanceKey key,
        long after,
        int limit,
        CancellationToken cancellationToken = default
    ) => Living().ReadLogAsync(key, after, limit, cancellationToken);

    public ValueTask<JournalRecord?> FindRecordAsync(
        InstanceKey key,
        JournalKey step,
        CancellationToken cancellationToken = default
    ) => Living().FindRecordAsync(key, step, cancellationToken);

    public ValueTask<Payload?> ReadChunkAsync(
        InstanceKey key,
        JournalKey step,
        int attempt,
        int index,
        CancellationToken cancellationToken = default
    ) => Living().ReadChunkAsync(key, step, attempt, index, cancellationToken);

    public ValueTask<DateTimeOffset?> NextDueAsync(
        IReadOnlyCollection<ClaimableWorkflow> workflows,
        CancellationToken cancellationToken = default
    ) => Living().NextDueAsync(workflows, cancellationToken);

    public ValueTask<PendingCallRecord?> FindCallAsync(
        string tenant,
        string approvalId,
        CancellationToken cancellationToken = default
    ) => Living().FindCallAsync(tenant, approvalId, cancellationToken);

    public ValueTask<Page<PendingCallRecord>> ListCallsAsync(
        PendingCallQuery query,
        CancellationToken cancellationToken = default
    ) => Living().ListCallsAsync(query, cancellationToken);

    public ValueTask<bool> DecideCallAsync(
        PendingCallRecord decided,
        NewEvent outcome,
        CancellationToken cancellationToken = default
    ) => WriteAsync(() => inner.DecideCallAsync(decided, outcome, cancellationToken));

    private IWorkflowStore Living() => Volatile.Read(ref _deaths) > 0 ? throw Dead() : inner;

    private static OwnershipLostException Dead() => new("everything that a crashed host had");

    private void Crash()
    {
        crash();
        throw Dead();
    }

    private async ValueTask<T> WriteAsync<T>(Func<ValueTask<T>> write)
    {
        Living();
        hub.BeginWrite();
        try
        {
            return await write().ConfigureAwait(false);
        }
        finally
        {
            hub.EndWrite();
        }
    }

    private async ValueTask WriteAsync(Func<ValueTask> write) =>
        await WriteAsync(async () =>
            {
                await write().ConfigureAwait(false);
                return true;
            })
            .ConfigureAwait(false);
}
