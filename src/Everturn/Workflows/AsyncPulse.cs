using System.Threading.Channels;

namespace Everturn.Workflows;

/// <summary>
/// A signal that one loop waits for. Signals that come while it works count once. There is nothing to dispose, so that
/// a timer or a store's hint may come late, after the loop has ended.
/// </summary>
internal sealed class AsyncPulse
{
    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    public void Set() => _signals.Writer.TryWrite(true);

    public async Task WaitAsync(CancellationToken cancellationToken) =>
        await _signals.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
}
