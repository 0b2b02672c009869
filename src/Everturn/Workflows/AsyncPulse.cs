using System.Threading.Channels;

namespace Everturn.Workflows;

/// <summary>
/// A signal that one loop waits for. Signals that come while it works count once. Needs no disposal, so that timers and
/// change hints may still set it while its loop ends.
/// </summary>
internal sealed class AsyncPulse
{
    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true }
    );

    public void Set() => _signals.Writer.TryWrite(true);

    public async Task WaitAsync(CancellationToken cancellationToken) =>
        await _signals.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
}
