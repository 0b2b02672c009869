using System.Collections.Concurrent;
using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Testing.Introspection;

/// <summary>What a test knows and decides about instances; shared by the hosts of the test, and older than each of them.</summary>
internal sealed class IntrospectionHub : IInstanceOverrides
{
    private readonly ConcurrentDictionary<InstanceKey, InstanceOverrides> _instances = new();
    private readonly ConcurrentDictionary<string, WorkflowIntrospector> _workflows = new();

    private long _writes;
    private int _openWrites;

    /// <summary>Set with every change of what is stored.</summary>
    public Ripple Changes { get; } = new();

    /// <summary>
    /// Grows with every write; null while one is under way. What is read between two looks that give the same number
    /// belongs to one moment.
    /// </summary>
    public long? Moment => Volatile.Read(ref _openWrites) == 0 ? Interlocked.Read(ref _writes) : null;

    public void BeginWrite()
    {
        Interlocked.Increment(ref _openWrites);
        Interlocked.Increment(ref _writes);
    }

    public void EndWrite()
    {
        Interlocked.Decrement(ref _openWrites);
        Changes.Set();
    }

    public InstanceOverrides Of(InstanceKey instance) => _instances.GetOrAdd(instance, static _ => new());

    IStepOverrides IInstanceOverrides.Of(InstanceKey instance) => Of(instance);

    public void Forget(InstanceKey instance) => _instances.TryRemove(instance, out _);

    /// <summary>Callbacks that have not returned, for people.</summary>
    public IReadOnlyList<string> Busy() =>
        [
            .. _instances.SelectMany(instance =>
                instance.Value.Running.Select(step => $"\"{step.Name}\" #{step.Ordinal} of {instance.Key}")
            ),
        ];

    /// <exception cref="InvalidOperationException">The workflow is introspected already.</exception>
    public void Add(WorkflowIntrospector introspector)
    {
        if (!_workflows.TryAdd(introspector.Workflow, introspector))
        {
            throw new InvalidOperationException(
                $"Workflow \"{introspector.Workflow}\" already has an active introspection session."
            );
        }
    }

    public void Remove(WorkflowIntrospector introspector) =>
        _workflows.TryRemove(new(introspector.Workflow, introspector));

    /// <summary>An instance is stored, and has not run yet.</summary>
    public async Task CreatedAsync(IWorkflowStore store, InstanceRecord record)
    {
        if (_workflows.TryGetValue(record.Key.Workflow, out var introspector))
        {
            introspector.Capture(record.Key);
        }

        foreach (var mocked in Of(record.Key).Modifier.Events())
        {
            await SendAsync(store, record.Key, mocked, record.CreatedAt).ConfigureAwait(false);
        }
    }

    /// <summary>Sends the mocked events again that are neither received nor waiting to be.</summary>
    public async Task RestartedAsync(IWorkflowStore store, InstanceRestart restart)
    {
        if (await store.ReadAsync(restart.Key).ConfigureAwait(false) is { } history)
        {
            foreach (var group in Of(restart.Key).Modifier.Events().GroupBy(mocked => mocked.Type))
            {
                var waiting = history.Events.Count(stored => stored.Type == group.Key);
                var received = history.Journal.Count(record =>
                    record.Key.Kind == JournalKind.WaitForEvent
                    && record.EventType == group.Key
                    && record.Outcome == JournalOutcome.Value
                );
                foreach (var mocked in group.Skip(received).Take(group.Count() - received - waiting))
                {
                    await SendAsync(store, restart.Key, mocked, restart.At).ConfigureAwait(false);
                }
            }
        }
    }

    private static async Task SendAsync(IWorkflowStore store, InstanceKey key, MockedEvent mocked, DateTimeOffset at) =>
        await store
            .AppendEventAsync(new NewEvent(key, mocked.Type, WorkflowPayloads.Encode(mocked.PayloadJson), at))
            .ConfigureAwait(false);
}
