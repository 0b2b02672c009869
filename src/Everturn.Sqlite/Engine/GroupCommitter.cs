using Everturn.Storage;
using Microsoft.Extensions.Logging;

namespace Everturn.Sqlite.Engine;

/// <summary>
/// The one writer of a process: a thread that puts everything queued into one transaction, so that many writes share
/// one sync. After a failed write it refuses work, opens the file again and lets the node take a new epoch.
/// </summary>
internal sealed class GroupCommitter : IAsyncDisposable
{
    private static readonly TimeSpan FirstReopenDelay = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LastReopenDelay = TimeSpan.FromSeconds(2);

    private readonly DatabaseFile _file;
    private readonly CommitterHooks _hooks;
    private readonly CommitLimits _limits;
    private readonly ILogger _log;
    private readonly CommitQueue _queue;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private GroupWriter? _writer;
    private volatile StoreHealth _health;

    /// <param name="file">The file, migrated already.</param>
    /// <param name="hooks">Who is told what.</param>
    /// <param name="limits">What bounds a group.</param>
    /// <param name="log">Failures and recoveries.</param>
    public GroupCommitter(DatabaseFile file, CommitterHooks hooks, CommitLimits limits, ILogger log)
    {
        _file = file;
        _hooks = hooks;
        _limits = limits;
        _log = log;
        _queue = new CommitQueue(limits.Queue);
        _writer = OpenWriter();
        new Thread(Run) { IsBackground = true, Name = "Everturn committer" }.Start();
    }

    /// <summary>Whether writes are taken.</summary>
    public StoreHealth Health => _health;

    /// <summary>
    /// Writes <paramref name="item"/> and returns when it is durable. The token is ignored once the item is queued.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store refuses work; nothing was written.</exception>
    /// <exception cref="OutcomeUnknownException">The store failed while writing.</exception>
    /// <exception cref="EverturnException">What the item refused itself with; nothing was written.</exception>
    public ValueTask<TResult> CommitAsync<TResult>(
        CommitItem<TResult> item,
        CancellationToken cancellationToken = default
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        item.MarkQueued();
        return _queue.TryAdd(item) ? item.Promise : CommitWhenThereIsPlace(item, cancellationToken);
    }

    /// <summary>Writes with a lambda, for writes that are rare.</summary>
    public ValueTask<TResult> CommitAsync<TResult>(
        CommitKind kind,
        Func<SqliteConnection, TResult> apply,
        CancellationToken cancellationToken = default
    ) => CommitAsync(new DelegateCommit<TResult>(kind, apply), cancellationToken);

    /// <summary>Writes what is queued, then ends the thread.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Close();
        await _ended.Task.ConfigureAwait(false);
    }

    private async ValueTask<TResult> CommitWhenThereIsPlace<TResult>(
        CommitItem<TResult> item,
        CancellationToken cancellationToken
    )
    {
        await _queue.AddAsync(item, cancellationToken).ConfigureAwait(false);
        return await item.Promise.ConfigureAwait(false);
    }

    private GroupWriter OpenWriter()
    {
        var connection = _file.OpenWriter();
        // The writer waits for the lock in its own way.
        connection.BusyTimeout(TimeSpan.Zero);
        return new GroupWriter(connection, _hooks, _limits, () => _queue.IsClosed, _log);
    }

    private void Run()
    {
        Func<CommitItem?> next = _queue.TryTake;
        while (_queue.WaitForWork(_limits.YieldEvery))
        {
            try
            {
                _writer!.Write(next);
            }
            catch (Exception exception)
            {
                Recover(exception);
            }
        }
        _writer?.Dispose();
        _health = StoreHealth.Closed;
        _ended.SetResult();
    }

    private void Recover(Exception failure)
    {
        _health = StoreHealth.Recovering;
        Log.StoreFailed(_log, _file.Path, failure);
        var waiting = _queue.Refuse(() => Refusal(failure));
        // Callers learn of it when the store is refusing already, so that what they do next meets the new state.
        _writer?.FailGroup(failure);
        foreach (var item in waiting)
            item.Fail(Refusal(failure));
        for (var delay = FirstReopenDelay; !TryReopen(); delay = Longer(delay))
        {
            if (!_queue.WaitUnlessClosed(delay))
                return;
        }
        _health = StoreHealth.Available;
        _queue.Accept();
        Log.StoreRecovered(_log, _file.Path);
    }

    private bool TryReopen()
    {
        try
        {
            _writer?.Dispose();
            _writer = null;
            _hooks.Fault?.Invoke(CommitFault.Reopen);
            _writer = OpenWriter();
            Rejoin(_writer);
            return true;
        }
        catch (Exception exception)
        {
            Log.ReopenFailed(_log, _file.Path, exception);
            return false;
        }
    }

    private void Rejoin(GroupWriter writer)
    {
        var rejoin = _hooks.Rejoin?.Invoke();
        writer.Write(() => Interlocked.Exchange(ref rejoin, null));
    }

    private static TimeSpan Longer(TimeSpan delay) => delay * 2 < LastReopenDelay ? delay * 2 : LastReopenDelay;

    private static StoreUnavailableException Refusal(Exception failure) =>
        new("The store is recovering from a failed write. Try again.", failure);
}
