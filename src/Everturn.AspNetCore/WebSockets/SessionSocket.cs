using System.Net.WebSockets;
using System.Text.Json;
using Everturn.AspNetCore.Sessions;
using Everturn.Streaming;
using Microsoft.Extensions.Logging;

namespace Everturn.AspNetCore.WebSockets;

/// <summary>
/// One WebSocket on a session's stream. Frames to the client are <c>{"sequence":N,"chunk":{…}}</c>, the same bytes for all
/// readers, and one <c>{"end":{…}}</c> before the server closes; messages from it are <see cref="ConnectionState"/>.
/// </summary>
/// <param name="socket">The socket, open.</param>
/// <param name="reader">The stream, at the client's position.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Hears of what went wrong.</param>
internal sealed class SessionSocket(WebSocket socket, SessionStreamReader reader, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(5);

    private SocketRefusal? _refusal;

    /// <summary>Serves the connection until either side is done with it.</summary>
    /// <param name="ending">The source of the reader's token: cancelled when the client is gone or the server stops.</param>
    public async Task RunAsync(CancellationTokenSource ending)
    {
        var receiving = ReceiveAsync(ending);
        var (code, reason) = await SendAsync(ending.Token).ConfigureAwait(false);
        await CloseAsync(code, reason, receiving).ConfigureAwait(false);
    }

    private async Task<(WebSocketCloseStatus Code, string Reason)> SendAsync(CancellationToken ending)
    {
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync().ConfigureAwait(false);
                if (read.Kind == StreamReadKind.End)
                {
                    var end = StreamEndEvent.Of(read.Run, read.IsDeleted, reader.Cursor);
                    await SendAsync(end, ending).ConfigureAwait(false);
                    return (SocketCloseCode.Ended, end.Status);
                }
                foreach (var segment in read.Segments)
                {
                    for (var i = 0; i < segment.Count; i++)
                    {
                        await SendAsync(segment.Frame(i), ending).ConfigureAwait(false);
                    }
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException)
        {
            // The client closed, sent what is not acceptable, is gone or was silent for too long; or the server stops.
            return _refusal is { } refusal ? (refusal.Code, refusal.Reason)
                : socket.State == WebSocketState.CloseReceived ? (SocketCloseCode.Ended, "")
                : (SocketCloseCode.GoingAway, "Connect again from the last number.");
        }
        catch (Exception exception)
        {
            // Whatever the store throws: the client connects again from its last number, and may have more luck.
            Log.SocketFailed(logger, exception);
            return (SocketCloseCode.Failed, "Connect again from the last number.");
        }
    }

    private ValueTask SendAsync(StreamEndEvent end, CancellationToken ending) =>
        SendAsync(JsonSerializer.SerializeToUtf8Bytes(new(end), EverturnHttpJson.Default.StreamEndFrame), ending);

    // A send that the end of the server interrupts breaks the connection, which the client answers by coming back.
    private ValueTask SendAsync(ReadOnlyMemory<byte> frame, CancellationToken ending) =>
        socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, ending);

    private async Task ReceiveAsync(CancellationTokenSource ending)
    {
        var buffer = new byte[SocketMessage.MaxBytes + 1];
        try
        {
            while (true)
            {
                var message = await SocketMessage
                    .ReceiveAsync(socket, buffer, CancellationToken.None)
                    .ConfigureAwait(false);
                if (message.State is not { } state)
                {
                    _refusal ??= message.Refusal;
                    break;
                }
                reader.Seek(state.FromSequence);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException)
        {
            // The connection broke, or the client answered no ping.
        }
        await ending.CancelAsync().ConfigureAwait(false);
    }

    private async Task CloseAsync(WebSocketCloseStatus code, string reason, Task receiving)
    {
        using var patience = new CancellationTokenSource(CloseTimeout, time);
        try
        {
            // The client answers with its own close frame; one that sends none is cut off.
            if (_refusal is not null)
            {
                // Nobody receives any more, so this does, and passes over what was refused.
                await socket.CloseAsync(code, reason, patience.Token).ConfigureAwait(false);
            }
            else if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await socket.CloseOutputAsync(code, reason, patience.Token).ConfigureAwait(false);
            }
            await receiving.WaitAsync(patience.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException)
        {
            socket.Abort();
            await receiving.ConfigureAwait(false);
        }
    }
}
