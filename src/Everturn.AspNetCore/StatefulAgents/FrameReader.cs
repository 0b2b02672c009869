using System.Buffers;
using System.Net.WebSockets;

namespace Everturn.AspNetCore.StatefulAgents;

/// <summary>
/// Reads whole messages of a WebSocket. While nothing comes it holds no buffer, so that an idle client costs none.
/// </summary>
/// <param name="socket">The socket.</param>
/// <param name="maxBytes">The largest message.</param>
internal sealed class FrameReader(WebSocket socket, int maxBytes)
{
    private const int FirstBytes = 4096;

    /// <summary>Waits for the next message.</summary>
    /// <returns>The message; its data is the caller's own. Of a close frame or a message too large, only the kind.</returns>
    /// <exception cref="WebSocketException">The connection broke, or the client broke the protocol.</exception>
    public async ValueTask<IncomingFrame> ReadAsync()
    {
        var waited = await socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None).ConfigureAwait(false);
        if (waited.MessageType == WebSocketMessageType.Close)
        {
            return new(IncomingFrameKind.Close, default);
        }
        if (waited.EndOfMessage)
        {
            return Frame(waited.MessageType, []);
        }
        var buffer = ArrayPool<byte>.Shared.Rent(FirstBytes);
        try
        {
            var length = 0;
            while (true)
            {
                var received = await socket
                    .ReceiveAsync(buffer.AsMemory(length), CancellationToken.None)
                    .ConfigureAwait(false);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    return new(IncomingFrameKind.Close, default);
                }
                length += received.Count;
                if (length > maxBytes)
                {
                    return new(IncomingFrameKind.TooLarge, default);
                }
                if (received.EndOfMessage)
                {
                    return Frame(received.MessageType, buffer.AsSpan(0, length).ToArray());
                }
                if (length == buffer.Length)
                {
                    Grow(ref buffer);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static IncomingFrame Frame(WebSocketMessageType type, byte[] data) =>
        new(type == WebSocketMessageType.Text ? IncomingFrameKind.Text : IncomingFrameKind.Binary, data);

    private static void Grow(ref byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
