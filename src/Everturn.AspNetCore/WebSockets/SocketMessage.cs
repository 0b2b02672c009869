using System.Net.WebSockets;
using System.Text.Json;

namespace Everturn.AspNetCore.WebSockets;

/// <summary>What came from a client: a state to go on from, a refusal of what it sent, or nothing, where it closed.</summary>
internal readonly record struct SocketMessage
{
    /// <summary>More than a state ever takes.</summary>
    public const int MaxBytes = 1_024;

    public ConnectionState? State { get; private init; }

    public SocketRefusal? Refusal { get; private init; }

    /// <summary>Waits for the client's next message.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="buffer">One byte longer than <see cref="MaxBytes"/>.</param>
    /// <param name="cancellationToken">Gives up the socket.</param>
    public static async ValueTask<SocketMessage> ReceiveAsync(
        WebSocket socket,
        Memory<byte> buffer,
        CancellationToken cancellationToken
    )
    {
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer[length..], cancellationToken).ConfigureAwait(false);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return default;
            }
            if (part.MessageType == WebSocketMessageType.Binary)
            {
                return Refused(SocketCloseCode.NotText, "Messages are text.");
            }
            length += part.Count;
            if (length > MaxBytes)
            {
                return Refused(SocketCloseCode.TooLong, "The message is too long.");
            }
            if (part.EndOfMessage)
            {
                return Parse(buffer.Span[..length]);
            }
        }
    }

    private static SocketMessage Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, EverturnHttpJson.Default.ConnectionState) switch
            {
                { FromSequence: >= 0 } state => new() { State = state },
                _ => Unacceptable(),
            };
        }
        catch (JsonException)
        {
            return Unacceptable();
        }
    }

    private static SocketMessage Unacceptable() =>
        Refused(SocketCloseCode.NotAcceptable, "A message is {\"fromSequence\":N}, N from 0.");

    private static SocketMessage Refused(WebSocketCloseStatus code, string reason) =>
        new() { Refusal = new(code, reason) };
}
