using System.Diagnostics;

namespace Everturn.Sqlite.Engine;

/// <summary>
/// What waits for the writing thread. Bounded: callers beyond the limit wait for a place. While it refuses, nothing
/// gets in.
/// </summary>
/// <param name="capacity">Items.</param>
#pragma warning disable CA1001 // Without its wait handle, which nobody asks for, a SemaphoreSlim holds nothing to dispose.
internal sealed class CommitQueue(int capacity)
#pragma warning restore CA1001
{
    // About 50 µs: a caller that commits one thing after the other is back within that time, and waking a blocked
    // thread would cost it more. After that the thread sleeps, so an idle store costs nothing.
    private const int SpinsBeforeSleep = 60;

    private readonly object _gate = new();
    private readonly Queue<CommitItem> _items = new();
    private readonly SemaphoreSlim _places = new(capacity);
    private volatile int _count;
    private bool _sleeping;
    private volatile bool _closed;
    private long _lastPause = Stopwatch.GetTimestamp();
    private Func<StoreUnavailableException>? _refusal;

    /// <summary>Adds an item if there is a place at once.</summary>
    /// <exception cref="StoreUnavailableException">The queue refuses work.</exception>
    public bool TryAdd(CommitItem item)
    {
        if (!_places.Wait(0))
            return false;
        Add(item);
        return true;
    }

    /// <summary>Adds an item as soon as there is a place.</summary>
    public async ValueTask AddAsync(CommitItem item, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        Add(item);
    }

    public CommitItem? TryTake()
    {
        if (_count == 0)
            return null;
        CommitItem? item;
        lock (_gate)
        {
            if (!_items.TryDequeue(out item))
                return null;
            _count = _items.Count;
        }
        _places.Release();
        return item;
    }

    public bool IsClosed => _closed;

    /// <summary>
    /// Blocks the writing thread until there is work, and for a millisecond if it has worked for longer than
    /// <paramref name="yieldEvery"/>: a process that always takes the write lock again at once starves the others.
    /// </summary>
    /// <returns>False when the queue is closed and empty.</returns>
    public bool WaitForWork(TimeSpan yieldEvery)
    {
        if (Stopwatch.GetElapsedTime(_lastPause) >= yieldEvery)
        {
            Pause.Milliseconds(1);
            _lastPause = Stopwatch.GetTimestamp();
        }
        var spinner = new SpinWait();
        for (var spins = 0; spins < SpinsBeforeSleep; spins++)
        {
            if (_count > 0)
                return true;
            spinner.SpinOnce(sleep1Threshold: -1);
        }
        lock (_gate)
        {
            while (_items.Count == 0 && !_closed)
            {
                _sleeping = true;
                Monitor.Wait(_gate);
                _sleeping = false;
                _lastPause = Stopwatch.GetTimestamp();
            }
            return _items.Count > 0;
        }
    }

    /// <summary>Blocks the writing thread for a while, less when the queue is closed.</summary>
    /// <returns>False when the queue is closed.</returns>
    public bool WaitUnlessClosed(TimeSpan time)
    {
        lock (_gate)
        {
            if (!_closed)
                Monitor.Wait(_gate, time);
            return !_closed;
        }
    }

    /// <summary>Refuses work from now on.</summary>
    /// <returns>What was waiting.</returns>
    public IReadOnlyList<CommitItem> Refuse(Func<StoreUnavailableException> refusal)
    {
        lock (_gate)
        {
            _refusal = refusal;
            CommitItem[] waiting = [.. _items];
            _items.Clear();
            _count = 0;
            if (waiting.Length > 0)
                _places.Release(waiting.Length);
            return waiting;
        }
    }

    /// <summary>Takes work again.</summary>
    public void Accept()
    {
        lock (_gate)
        {
            if (!_closed)
                _refusal = null;
        }
    }

    /// <summary>Refuses further work; what is queued is still written.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            _refusal = static () => new StoreUnavailableException("The store is closed.");
            Monitor.PulseAll(_gate);
        }
    }

    private void Add(CommitItem item)
    {
        lock (_gate)
        {
            if (_refusal is { } refusal)
            {
                _places.Release();
                throw refusal();
            }
            _items.Enqueue(item);
            _count = _items.Count;
            if (_sleeping)
                Monitor.Pulse(_gate);
        }
    }
}
