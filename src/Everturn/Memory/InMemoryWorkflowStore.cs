using Everturn.Storage;
using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Memory;

/// <summary>The workflow store for tests and trials: every verb runs under one lock, and nothing survives the process.</summary>
/// <param name="nodes">Who may own instances.</param>
public sealed class InMemoryWorkflowStore(InMemoryNodeDirectory nodes) : IWorkflowStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<InstanceKey, MemoryInstance> _instances = [];
    private readonly SortedSet<(DateTimeOffset WakeAt, InstanceKey Key)> _due = new(DueOrder.Instance);

    /// <inheritdoc/>
    public ValueTask<CreatedInstance> CreateAsync(NewInstance instance, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(instance);
        lock (_lock)
        {
            CheckNode(instance.Owner);
            if (!_instances.TryGetValue(instance.Key, out var existing))
            {
                existing = new MemoryInstance(instance.ToRecord());
                _instances.Add(instance.Key, existing);
                Store(existing, existing.Record);
                return new(new CreatedInstance(existing.Record, IsNew: true));
            }

            if (existing.Record.CreationToken is { } token && token == instance.CreationToken)
            {
                return new(new CreatedInstance(existing.Record, IsNew: false));
            }
        }

        throw new InstanceAlreadyExistsException(instance.Key);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<InstanceRecord>> ClaimAsync(
        ClaimRequest request,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        lock (_lock)
        {
            CheckNode(request.Node);
            var claimed = _due.TakeWhile(due => due.WakeAt <= request.Now)
                .Where(due => request.Workflows.Contains(due.Key.Workflow))
                .Take(request.Limit)
                .Select(due => _instances[due.Key])
                .ToList();
            foreach (var instance in claimed)
            {
                Store(
                    instance,
                    instance.Record with
                    {
                        Status = InstanceStatus.Running,
                        Owner = request.Node,
                        OwnerEpoch = instance.Record.OwnerEpoch + 1,
                        ClaimCount = instance.Record.ClaimCount + 1,
                        WakeAt = null,
                    }
                );
            }

            return new([.. claimed.Select(instance => instance.Record)]);
        }
    }

    /// <inheritdoc/>
    public ValueTask CommitAsync(InstanceCommit commit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(commit);
        lock (_lock)
        {
            CheckNode(commit.Fence.Node);
            if (
                !_instances.TryGetValue(commit.Key, out var instance)
                || instance.Record.Owner != commit.Fence.Node
                || instance.Record.OwnerEpoch != commit.Fence.OwnerEpoch
            )
            {
                throw new OwnershipLostException($"instance {commit.Key}");
            }

            Apply(commit, instance);
        }

        return default;
    }

    /// <inheritdoc/>
    public ValueTask<long> AppendEventAsync(NewEvent newEvent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(newEvent);
        lock (_lock)
        {
            var instance = Get(newEvent.Key);
            var record = instance.Record;
            if (record.Status.IsTerminal)
            {
                throw new InstanceFinishedException(
                    record.Key,
                    record.Status,
                    StoreMessages.CannotReceive(record.Key, record.Status)
                );
            }

            var sequence = record.LastEvent + 1;
            instance.Events.Add(new(sequence, newEvent.Type, newEvent.Payload, newEvent.SentAt));
            var wakes = record.Status == InstanceStatus.Waiting && record.Owner is null;
            Store(
                instance,
                record with
                {
                    LastEvent = sequence,
                    WakeAt = wakes ? Earlier(record.WakeAt, newEvent.SentAt) : record.WakeAt,
                }
            );
            return new(sequence);
        }
    }

    /// <inheritdoc/>
    public ValueTask TerminateAsync(InstanceKey key, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            var instance = Get(key);
            var record = instance.Record;
            if (record.Status.IsTerminal)
            {
                throw new InstanceFinishedException(key, record.Status, StoreMessages.CannotTerminate);
            }

            instance.Events.Clear();
            Store(
                instance,
                record with
                {
                    Status = InstanceStatus.Terminated,
                    EndedAt = at,
                    Owner = null,
                    OwnerEpoch = record.OwnerEpoch + 1,
                    WakeAt = null,
                }
            );
        }

        return default;
    }

    /// <inheritdoc/>
    public ValueTask DeleteAsync(InstanceKey key, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            var instance = Get(key);
            Store(instance, instance.Record with { WakeAt = null });
            _instances.Remove(key);
        }

        return default;
    }

    /// <inheritdoc/>
    public ValueTask<int> ReleaseOrphansAsync(DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            var orphans = _instances
                .Values.Where(instance => instance.Record.Owner is { } owner && !nodes.IsLive(owner))
                .ToList();
            foreach (var orphan in orphans)
            {
                Store(orphan, orphan.Record with { Status = InstanceStatus.Queued, Owner = null, WakeAt = now });
            }

            return new(orphans.Count);
        }
    }

    /// <inheritdoc/>
    public ValueTask<InstanceRecord?> FindAsync(InstanceKey key, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return new(_instances.GetValueOrDefault(key)?.Record);
        }
    }

    /// <inheritdoc/>
    public ValueTask<InstanceHistory?> ReadAsync(InstanceKey key, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return new(_instances.GetValueOrDefault(key)?.ToHistory());
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<OwnedInstance>> ReadOwnedAsync(
        NodeIdentity node,
        CancellationToken cancellationToken = default
    )
    {
        lock (_lock)
        {
            return new([
                .. _instances
                    .Values.Select(instance => instance.Record)
                    .Where(record => record.Owner == node)
                    .Select(record => new OwnedInstance(record.Key, record.OwnerEpoch, record.LastEvent)),
            ]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<InstanceRecord>> ListAsync(
        InstanceQuery query,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(query);
        lock (_lock)
        {
            return new([
                .. _instances
                    .Values.Select(instance => instance.Record)
                    .Where(record => record.Key.Tenant == query.Tenant)
                    .Where(record => query.Workflow is null || record.Key.Workflow == query.Workflow)
                    .Where(record => query.Status is not { } status || record.Status == status)
                    .Where(record => query.After is null || ListOrder.Compare(record, query.After) < 0)
                    .OrderByDescending(record => record, ListOrder.Instance)
                    .Take(query.Limit),
            ]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<DateTimeOffset?> NextDueAsync(
        IReadOnlyCollection<string> workflows,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(workflows);
        lock (_lock)
        {
            foreach (var (wakeAt, key) in _due)
            {
                if (workflows.Contains(key.Workflow))
                {
                    return new(wakeAt);
                }
            }

            return new((DateTimeOffset?)null);
        }
    }

    private static DateTimeOffset Earlier(DateTimeOffset? one, DateTimeOffset other) =>
        one is { } time && time < other ? time : other;

    private void Apply(InstanceCommit commit, MemoryInstance instance)
    {
        foreach (var record in commit.Records)
        {
            instance.Journal[record.Key] = record;
        }

        instance.Events.RemoveAll(stored => commit.ConsumedEvents.Contains(stored.Sequence));
        var status = commit.Status ?? instance.Record.Status;
        var next = instance.Record with
        {
            Status = status,
            ClaimCount = 0,
            Result = commit.Result ?? instance.Record.Result,
            Error = commit.Error ?? instance.Record.Error,
            EndedAt = commit.EndedAt ?? instance.Record.EndedAt,
        };
        if (status.IsTerminal)
        {
            instance.Events.Clear();
            next = next with { Owner = null };
        }
        else if (commit.Release)
        {
            var unseen = instance.Events.FirstOrDefault(stored => stored.Sequence > commit.SeenEvents);
            next = next with
            {
                Owner = null,
                WakeAt = unseen is null ? commit.WakeAt : Earlier(commit.WakeAt, unseen.SentAt),
            };
        }

        Store(instance, next);
    }

    private void Store(MemoryInstance instance, InstanceRecord record)
    {
        if (instance.Record.WakeAt is { } old)
        {
            _due.Remove((old, record.Key));
        }

        if (record.WakeAt is { } wakeAt)
        {
            _due.Add((wakeAt, record.Key));
        }

        instance.Record = record;
    }

    private MemoryInstance Get(InstanceKey key) =>
        _instances.GetValueOrDefault(key) ?? throw new InstanceNotFoundException(key);

    private void CheckNode(NodeIdentity? node)
    {
        if (node is { } identity && !nodes.IsLive(identity))
        {
            throw new OwnershipLostException($"node {identity.NodeId}");
        }
    }

    private sealed class DueOrder : IComparer<(DateTimeOffset WakeAt, InstanceKey Key)>
    {
        public static readonly DueOrder Instance = new();

        public int Compare((DateTimeOffset WakeAt, InstanceKey Key) x, (DateTimeOffset WakeAt, InstanceKey Key) y)
        {
            var byTime = x.WakeAt.CompareTo(y.WakeAt);
            return byTime != 0 ? byTime : ListOrder.CompareKeys(x.Key, y.Key);
        }
    }
}
