namespace Everturn.Workflows;

/// <summary>A signal that one loop waits for. Signals that come while it works count once.</summary>
internal sealed class AsyncPulse : IDisposable
{
    private readonly SemaphoreSlim _semaphore = new(0, 1);
    private int _set;

    public void Dispose() => _semaphore.Dispose();

    public void Set()
    {
        if (Interlocked.Exchange(ref _set, 1) == 0)
        {
            _semaphore.Release();
        }
    }

    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        await _semaphore.WaitAsync(cancellationToken).ConfigureAwait(false);
        Volatile.Write(ref _set, 0);
    }
}
