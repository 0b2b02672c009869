namespace Everturn.Testing;

/// <summary>
/// A clock that stands still until it is told to go on. Timers fire on the thread that advances it, in the order of
/// their due times and, where those are equal, in the order in which they were set. One that is set for now does not wait
/// for the clock to go on: it fires at once, on the thread pool, as a real one does.
/// </summary>
/// <param name="start">What the clock shows at first, UTC; null is 2026-01-01.</param>
public sealed class VirtualTimeProvider(DateTimeOffset? start = null) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<(VirtualTimer Timer, long Setting), (DateTimeOffset Due, long Setting)> _queue =
        new();
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiters = [];
    private DateTimeOffset _now = start ?? new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private long _settings;
    private int _pending;

    /// <summary>How many timers are set.</summary>
    public int PendingTimers
    {
        get
        {
            lock (_lock)
            {
                return _pending;
            }
        }
    }

    /// <summary>When the next timer fires; null if none is set.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (_lock)
            {
                return Peek()?.Due;
            }
        }
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock on by <paramref name="time"/>, firing what becomes due on the way.</summary>
    /// <param name="time">Not negative.</param>
    public void Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        DateTimeOffset target;
        lock (_lock)
        {
            target = _now + time;
        }

        while (TakeDue(target) is { } timer)
        {
            timer.Fire();
        }
    }

    /// <summary>Moves the clock to the next due timer and fires it.</summary>
    /// <returns>False if no timer is set.</returns>
    public bool AdvanceToNext()
    {
        if (NextDue is not { } due)
        {
            return false;
        }

        var distance = due - GetUtcNow();
        Advance(distance > TimeSpan.Zero ? distance : TimeSpan.Zero);
        return true;
    }

    /// <summary>Waits, in real time, until at least <paramref name="count"/> timers are set.</summary>
    /// <param name="count">How many.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task WaitForTimersAsync(int count, CancellationToken cancellationToken = default)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_pending >= count)
            {
                return Task.CompletedTask;
            }

            _waiters.Add((count, reached));
        }

        return reached.Task.WaitAsync(cancellationToken);
    }

    internal void Set(VirtualTimer timer, TimeSpan dueTime)
    {
        Enqueue(timer, dueTime);
        if (dueTime == TimeSpan.Zero)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static time => time.Advance(TimeSpan.Zero), this, preferLocal: false);
        }
    }

    internal void Unset(VirtualTimer timer)
    {
        lock (_lock)
        {
            Clear(timer);
        }
    }

    private void Enqueue(VirtualTimer timer, TimeSpan dueTime)
    {
        lock (_lock)
        {
            Clear(timer);
            if (dueTime == Timeout.InfiniteTimeSpan)
            {
                return;
            }

            timer.Setting = ++_settings;
            _queue.Enqueue((timer, timer.Setting), (_now + dueTime, timer.Setting));
            _pending++;
            foreach (var waiter in _waiters.FindAll(waiter => waiter.Count <= _pending))
            {
                waiter.Reached.TrySetResult();
                _waiters.Remove(waiter);
            }
        }
    }

    private void Clear(VirtualTimer timer)
    {
        if (timer.Setting != 0)
        {
            timer.Setting = 0;
            _pending--;
        }
    }

    private VirtualTimer? TakeDue(DateTimeOffset target)
    {
        lock (_lock)
        {
            if (Peek() is not { } next || next.Due > target)
            {
                _now = target > _now ? target : _now;
                return null;
            }

            _queue.Dequeue();
            _now = next.Due > _now ? next.Due : _now;
            Clear(next.Timer);
            return next.Timer;
        }
    }

    /// <summary>Settings that were changed since stay in the queue and are passed over here.</summary>
    private (VirtualTimer Timer, DateTimeOffset Due)? Peek()
    {
        while (_queue.TryPeek(out var entry, out var priority))
        {
            if (entry.Timer.Setting == entry.Setting)
            {
                return (entry.Timer, priority.Due);
            }

            _queue.Dequeue();
        }

        return null;
    }
}
