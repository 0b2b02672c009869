namespace Everturn.Sqlite.StatefulAgents;

/// <summary>
/// Threads that write and close objects' files, so that many syncs are under way at once and none blocks a thread of
/// the pool. Started as they are needed, up to a limit.
/// </summary>
/// <param name="limit">How many at most.</param>
internal sealed class ObjectWriters(int limit) : IAsyncDisposable
{
    private readonly object _gate = new();
    private readonly Queue<(Action Work, TaskCompletionSource Done)> _queue = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _threads;
    private int _idle;
    private bool _closed;

    /// <summary>Runs <paramref name="work"/> on one of the threads.</summary>
    /// <exception cref="StoreUnavailableException">The store is closed.</exception>
    public Task RunAsync(Action work)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_closed)
                throw new StoreUnavailableException("The store is closed.");
            _queue.Enqueue((work, done));
            if (_idle >= _queue.Count)
                Monitor.Pulse(_gate);
            else if (_threads < limit)
                StartThread();
        }
        return done.Task;
    }

    /// <summary>Ends the threads when what is queued is done.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
            if (_threads == 0)
                return;
        }
        await _ended.Task.ConfigureAwait(false);
    }

    private void StartThread()
    {
        _threads++;
        new Thread(Run) { IsBackground = true, Name = "Everturn object writer" }.Start();
    }

    private void Run()
    {
        while (Take() is { } item)
        {
            try
            {
                item.Work();
                item.Done.SetResult();
            }
            catch (Exception exception)
            {
                item.Done.SetException(exception);
            }
        }
    }

    private (Action Work, TaskCompletionSource Done)? Take()
    {
        lock (_gate)
        {
            while (_queue.Count == 0)
            {
                if (_closed)
                {
                    if (--_threads == 0)
                        _ended.TrySetResult();
                    return null;
                }
                _idle++;
                Monitor.Wait(_gate);
                _idle--;
            }
            return _queue.Dequeue();
        }
    }
}
