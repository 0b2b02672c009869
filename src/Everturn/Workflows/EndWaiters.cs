using System.Collections.Concurrent;
using Everturn.Workflows.Storage;

namespace Everturn.Workflows;

/// <summary>Those who wait for the end of an instance.</summary>
internal sealed class EndWaiters
{
    private readonly ConcurrentDictionary<InstanceKey, TaskCompletionSource<InstanceRecord?>> _waiters = new();

    public IEnumerable<InstanceKey> Keys => _waiters.Select(waiter => waiter.Key);

    public bool IsEmpty => _waiters.IsEmpty;

    /// <summary>Ends when the instance has: with its record, or with null if it is gone.</summary>
    public Task<InstanceRecord?> WaitAsync(InstanceKey key) =>
        _waiters.GetOrAdd(key, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Ended(InstanceKey key, InstanceRecord? record)
    {
        if (_waiters.TryRemove(key, out var waiter))
        {
            waiter.SetResult(record);
        }
    }
}
