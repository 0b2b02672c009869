using System.Collections.Concurrent;
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

    public int Writes => _writes;

    public ConcurrentQueue<InstanceCommit> Commits { get; } = new();

    public Task Crashed => _crashed.Task;

    public void Crash()
    {
        _isDead = true;
        _crashed.TrySetResult();
    }

    public ValueTask<CreatedInstance> CreateAsync(
        NewInstance instance,
        CancellationToken cancellationToken = default
    ) => WriteAsync(() => inner.CreateAsync(instance, cancellationToken));

    public ValueTask<IReadOnlyList<InstanceRecord>> ClaimAsync(
        ClaimRequest request,
        CancellationToken cancellationToken = default
    ) => WriteAsync(() => inner.ClaimAsync(request, cancellationToken));

    public async ValueTask CommitAsync(InstanceCommit commit, CancellationToken cancellationToken = default)
    {
        Commits.Enqueue(commit);
        await WriteAsync(async () =>
        {
            await inner.CommitAsync(commit, cancellationToken);
            return true;
        });
    }

    public ValueTask<long> AppendEventAsync(NewEvent newEvent, CancellationToken cancellationToken = default) =>
        ReadAsync(() => inner.AppendEventAsync(newEvent, cancellationToken));

    public async ValueTask TerminateAsync(
        InstanceKey key,
        DateTimeOffset at,
        CancellationToken cancellationToken = default
    ) =>
        await ReadAsync(async () =>
        {
            await inner.TerminateAsync(key, at, cancellationToken);
            return true;
        });

    public async ValueTask DeleteAsync(InstanceKey key, CancellationToken cancellationToken = default) =>
        await ReadAsync(async () =>
        {
            await inner.DeleteAsync(key, cancellationToken);
            return true;
        });

    public ValueTask<int> ReleaseOrphansAsync(DateTimeOffset now, CancellationToken cancellationToken = default) =>
        ReadAsync(() => inner.ReleaseOrphansAsync(now, cancellationToken));

    public ValueTask<InstanceRecord?> FindAsync(InstanceKey key, CancellationToken cancellationToken = default) =>
        ReadAsync(() => inner.FindAsync(key, cancellationToken));

    public ValueTask<InstanceHistory?> ReadAsync(InstanceKey key, CancellationToken cancellationToken = default) =>
        ReadAsync(() => inner.ReadAsync(key, cancellationToken));

    public ValueTask<IReadOnlyList<OwnedInstance>> ReadOwnedAsync(
        NodeIdentity node,
        CancellationToken cancellationToken = default
    ) => ReadAsync(() => inner.ReadOwnedAsync(node, cancellationToken));

    public ValueTask<IReadOnlyList<InstanceRecord>> ListAsync(
        InstanceQuery query,
        CancellationToken cancellationToken = default
    ) => ReadAsync(() => inner.ListAsync(query, cancellationToken));

    public ValueTask<DateTimeOffset?> NextDueAsync(
        IReadOnlyCollection<string> workflows,
        CancellationToken cancellationToken = default
    ) => ReadAsync(() => inner.NextDueAsync(workflows, cancellationToken));

    private static async Task<T> NeverAsync<T>() => await new TaskCompletionSource<T>().Task;

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
