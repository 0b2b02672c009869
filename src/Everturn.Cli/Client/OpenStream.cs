using System.Net.ServerSentEvents;

namespace Everturn.Cli.Client;

/// <summary>One connection of a <see cref="EventStream"/>.</summary>
internal sealed class OpenStream
{
    private HttpResponseMessage? _response;
    private IAsyncEnumerator<SseItem<string>>? _events;

    public bool IsOpen => _events is not null;

    public async Task OpenAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        _response = response;
        var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        _events = SseParser.Create(body).EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
    }

    /// <summary>The next event; null where the server closed.</summary>
    public async Task<SseItem<string>?> NextAsync() =>
        await _events!.MoveNextAsync().ConfigureAwait(false) ? _events.Current : null;

    public async Task CloseAsync()
    {
        if (_events is not null)
        {
            await _events.DisposeAsync().ConfigureAwait(false);
        }
        _response?.Dispose();
        (_events, _response) = (null, null);
    }
}
