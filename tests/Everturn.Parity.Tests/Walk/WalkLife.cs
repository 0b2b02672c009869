using Everturn.Parity.Tests.Hosts;

namespace Everturn.Parity.Tests.Walk;

/// <summary>One host of a walk, from its start to its end. What it does later on does not count: its process is gone.</summary>
internal sealed class WalkLife : IDisposable
{
    private readonly TaskCompletionSource<ParityHost> _host = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _over = new();
    private volatile bool _isOver;

    public WalkLife() => Over = _over.Token;

    /// <summary>The host once it has started; runs that it takes up may begin before that.</summary>
    public Task<ParityHost> Host => _host.Task;

    public Holds Holds { get; } = new();

    /// <summary>Cancelled when the host is over.</summary>
    public CancellationToken Over { get; }

    public void Begin(ParityHost host) => _host.SetResult(host);

    /// <summary>Nothing that the host does counts from here on.</summary>
    public void Dispose()
    {
        _isOver = true;
        _over.Cancel();
        _over.Dispose();
        Holds.Open();
    }

    public void ThrowIfOver()
    {
        if (_isOver)
        {
            throw new OperationCanceledException("The host is gone.");
        }
    }
}
