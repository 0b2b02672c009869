using Everturn.Storage;
using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Memory;

/// <summary>The workflow store for tests and trials: every verb runs under one lock, and nothing survives the process.</summary>
/// <param name="nodes">Who may own instances.</param>
public sealed partial class InMemoryWorkflowStore(InMemoryNodeDirectory nodes) : IWorkflowStore
{
    private readonly Lock _lock = new();
    private readonly InMemoryChangeSignal _changes = new();
    private readonly Dictionary<InstanceKey, MemoryInstance> _instances = [];
    private readonly Dictionary<(string Workflow, string Cron), DateTimeOffset> _firings = [];
    private readonly SortedSet<(DateTimeOffset WakeAt, InstanceKey Key)> _due = new(DueOrder.Instance);

    /// <inheritdoc/>
    public IChangeSignal Changes => _changes;

    /// <inheritdoc/>
    public ValueTask<CreatedInstance> CreateAsync(NewInstance instance, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return Write(() =>
        {
            CheckNode(instance.Owner);
            if (TryAdd(instance) is { } created)
            {
                return new CreatedInstance(created, IsNew: true);
            }

            var existing = _instances[instance.Key].Record;
            return existing.CreationToken is { } token && token == instance.CreationToken
                ? new CreatedInstance(existing, IsNew: false)
                : throw new InstanceAlreadyExistsException(instance.Key);
        });
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<InstanceRecord>> CreateBatchAsync(
        IReadOnlyList<NewInstance> instances,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(instances);
        return Write<IReadOnlyList<InstanceRecord>>(() =>
        {
            foreach (var instance in instances)
            {
                CheckNode(instance.Owner);
            }

            return [.. instances.Select(TryAdd).OfType<InstanceRecord>()];
        });
    }

    /// <inheritdoc/>
    public ValueTask<InstanceRecord?> FireAsync(ScheduledInstance firing, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(firing);
        return Write(() =>
        {
            var schedule = (firing.Workflow, firing.Cron);
            if (_firings.TryGetValue(schedule, out var last) && last >= firing.ScheduledTime)
            {
                return null;
            }

            _firings[schedule] = firing.ScheduledTime;
            return firing.Instance is { } instance ? TryAdd(instance) : null;
        });
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<InstanceRecord>> ClaimAsync(
        ClaimRequest request,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        return Write<IReadOnlyList<InstanceRecord>>(() =>
        {
            CheckNode(request.Node);
            var room = Room(request.Workflows);
            var claimed = _due.TakeWhile(due => due.WakeAt <= request.Now)
                .Select(due => _instances[due.Key])
                .Where(instance => room.TryTake(instance.Record))
                .Take(request.Limit)
                .ToList();
            foreach (var instance in claimed)
            {
                var record = instance.Record;
                Store(
                    instance,
                    record with
                    {
                        Status = InstanceStatus.Running,
                        StartedAt = record.StartedAt ?? request.Now,
                        Owner = request.Node,
                        OwnerEpoch = record.OwnerEpoch + 1,
                        ClaimCount = record.ClaimCount + 1,
                        WakeAt = null,
                    }
                );
            }

            return [.. claimed.Select(instance => instance.Record)];
        });
    }

    /// <inheritdoc/>
    public ValueTask CommitAsync(InstanceCommit commit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(commit);
        return Write(() =>
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
        });
    }

    /// <inheritdoc/>
    public ValueTask<long> AppendEventAsync(NewEvent newEvent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(newEvent);
        return Write(() =>
        {
            var record = Get(newEvent.Key).Record;
            return record.Status.IsTerminal
                ? throw new InstanceFinishedException(
                    record.Key,
                    record.Status,
                    StoreMessages.CannotReceive(record.Key, record.Status)
                )
                : Append(newEvent);
        });
    }

    private static DateTimeOffset Earlier(DateTimeOffset? one, DateTimeOffset other) =>
        one is { } time && time < other ? time : other;

    private ValueTask<T> Write<T>(Func<T> write)
    {
        T result;
        lock (_lock)
        {
            result = write();
        }

        _changes.Raise();
        return new(result);
    }

    private ValueTask Write(Action write)
    {
        lock (_lock)
        {
            write();
        }

        _changes.Raise();
        return default;
    }

    private InstanceRecord? TryAdd(NewInstance instance)
    {
        var added = new MemoryInstance(instance.ToRecord());
        if (!_instances.TryAdd(instance.Key, added))
        {
            return null;
        }

        Store(added, added.Record);
        return added.Record;
    }

    private long Append(NewEvent newEvent)
    {
        var instance = Get(newEvent.Key);
        var record = instance.Record;
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
        return sequence;
    }

    private void Notify(NewEvent? newEvent)
    {
        if (
            newEvent is not null
            && _instances.TryGetValue(newEvent.Key, out var receiver)
            && !receiver.Record.Status.IsTerminal
        )
        {
            Append(newEvent);
        }
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

    private MemoryRoom Room(IEnumerable<ClaimableWorkflow> workflows) =>
        new(
            workflows,
            name =>
                _instances.Values.Count(instance =>
                    instance.Record.Owner is not null && instance.Record.Key.Workflow == name
                )
        );

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
