namespace Everturn.Loop;

/// <summary>Cancels a model call that stays silent for too long.</summary>
internal sealed class StallGuard : IDisposable
{
    private readonly TimeSpan _timeout;
    private readonly CancellationTokenSource _source;
    private readonly ITimer _timer;
    private volatile bool _stalled;

    public StallGuard(TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        _timeout = timeout;
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _timer = time.CreateTimer(
            static state => ((StallGuard)state!).Stall(),
            this,
            timeout,
            Timeout.InfiniteTimeSpan
        );
    }

    public CancellationToken Token => _source.Token;

    public void Reset() => _timer.Change(_timeout, Timeout.InfiniteTimeSpan);

    /// <exception cref="TimeoutException">It was the silence that cancelled the call.</exception>
    public void ThrowIfStalled(Exception cause)
    {
        if (_stalled)
        {
            throw new TimeoutException($"The model was silent for {_timeout.TotalSeconds:0.###} s.", cause);
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        _source.Dispose();
    }

    private void Stall()
    {
        _stalled = true;
        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The call ended while the timer fired.
        }
    }
}
