using Everturn.Storage;
using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Memory;

/// <content>Reads.</content>
public sealed partial class InMemoryWorkflowStore
{
    /// <inheritdoc/>
    public ValueTask<InstanceRecord?> FindAsync(InstanceKey key, CancellationToken cancellationToken = default) =>
        Read(() => _instances.GetValueOrDefault(key)?.Record);

    /// <inheritdoc/>
    public ValueTask<InstanceHistory?> ReadAsync(InstanceKey key, CancellationToken cancellationToken = default) =>
        Read(() => _instances.GetValueOrDefault(key)?.ToHistory());

    /// <inheritdoc/>
    public ValueTask<JournalRecord?> FindRecordAsync(
        InstanceKey key,
        JournalKey step,
        CancellationToken cancellationToken = default
    ) => Read(() => _instances.GetValueOrDefault(key)?.Journal.GetValueOrDefault(step));

    /// <inheritdoc/>
    public ValueTask<Payload?> ReadChunkAsync(
        InstanceKey key,
        JournalKey step,
        int attempt,
        int index,
        CancellationToken cancellationToken = default
    ) =>
        Read(() =>
            _instances.GetValueOrDefault(key) is { } instance
            && instance.Chunks.TryGetValue((step, attempt, index), out var chunk)
                ? chunk
                : (Payload?)null
        );

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredLogEntry>> ReadLogAsync(
        InstanceKey key,
        long after,
        int limit,
        CancellationToken cancellationToken = default
    ) =>
        Read<IReadOnlyList<StoredLogEntry>>(() =>
            _instances.GetValueOrDefault(key) is { } instance
                ? [.. instance.Log.Where(entry => entry.Number > after).Take(limit)]
                : []
        );

    /// <inheritdoc/>
    public ValueTask<IReadOnlyDictionary<InstanceStatus, long>> CountAsync(
        string tenant,
        string workflow,
        CancellationToken cancellationToken = default
    ) =>
        Read<IReadOnlyDictionary<InstanceStatus, long>>(() =>
            _instances
                .Values.Where(instance =>
                    instance.Record.Key.Tenant == tenant && instance.Record.Key.Workflow == workflow
                )
                .GroupBy(instance => instance.Record.Status)
                .ToDictionary(group => group.Key, group => (long)group.Count())
        );

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<OwnedInstance>> ReadOwnedAsync(
        NodeIdentity node,
        CancellationToken cancellationToken = default
    ) =>
        Read<IReadOnlyList<OwnedInstance>>(() =>
            [
                .. _instances
                    .Values.Select(instance => instance.Record)
                    .Where(record => record.Owner == node)
                    .Select(record => new OwnedInstance(
                        record.Key,
                        record.OwnerEpoch,
                        record.LastEvent,
                        record.Status,
                        record.IsTerminating
                    )),
            ]
        );

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<InstanceRecord>> ListAsync(
        InstanceQuery query,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(query);
        return Read<IReadOnlyList<InstanceRecord>>(() =>
            [
                .. _instances
                    .Values.Select(instance => instance.Record)
                    .Where(record => record.Key.Tenant == query.Tenant)
                    .Where(record => query.Workflow is null || record.Key.Workflow == query.Workflow)
                    .Where(record => query.Status is not { } status || record.Status == status)
                    .Where(record =>
                        query.IdPrefix is null || record.Key.Id.StartsWith(query.IdPrefix, StringComparison.Ordinal)
                    )
                    .Where(record => query.CreatedFrom is not { } from || record.CreatedAt >= from)
                    .Where(record => query.CreatedBefore is not { } before || record.CreatedAt < before)
                    .Where(record => query.After is null || ListOrder.Compare(record, query.After) < 0)
                    .OrderByDescending(record => record, ListOrder.Instance)
                    .Take(query.Limit),
            ]
        );
    }

    /// <inheritdoc/>
    public ValueTask<DateTimeOffset?> NextDueAsync(
        IReadOnlyCollection<ClaimableWorkflow> workflows,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(workflows);
        return Read(() =>
        {
            var room = Room(workflows);
            foreach (var (wakeAt, key) in _due)
            {
                if (room.Has(_instances[key].Record))
                {
                    return wakeAt;
                }
            }

            return (DateTimeOffset?)null;
        });
    }

    /// <inheritdoc/>
    public ValueTask<DateTimeOffset?> LastFiringAsync(
        string workflow,
        string cron,
        CancellationToken cancellationToken = default
    ) => Read(() => _firings.TryGetValue((workflow, cron), out var last) ? last : (DateTimeOffset?)null);

    private ValueTask<T> Read<T>(Func<T> read)
    {
        lock (_lock)
        {
            return new(read());
        }
    }
}
