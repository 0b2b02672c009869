namespace Everturn.Testing;

/// <summary>A timer of a <see cref="VirtualTimeProvider"/>.</summary>
internal sealed class VirtualTimer(VirtualTimeProvider time, TimerCallback callback, object? state) : ITimer
{
    private TimeSpan _period = Timeout.InfiniteTimeSpan;
    private volatile bool _disposed;

    /// <summary>The number of the present setting, 0 if the timer is not set. Guarded by the provider's lock.</summary>
    public long Setting { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (_disposed)
        {
            return false;
        }

        _period = period;
        time.Set(this, dueTime);
        return true;
    }

    public void Fire()
    {
        if (_period > TimeSpan.Zero)
        {
            time.Set(this, _period);
        }

        callback(state);
    }

    public void Dispose()
    {
        _disposed = true;
        time.Unset(this);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }
}
