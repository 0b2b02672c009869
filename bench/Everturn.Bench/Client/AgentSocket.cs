using System.Buffers.Text;
using System.Net.WebSockets;
using System.Text;

namespace Everturn.Bench.Client;

/// <summary>A client of a stateful agent that does what the benchmarks need and no more.</summary>
internal sealed class AgentSocket : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[4 * 1024];

    private AgentSocket() { }

    /// <summary>Connects and takes the greeting: identity, state, MCP servers.</summary>
    public static async Task<AgentSocket> OpenAsync(Uri server, string path, CancellationToken cancellationToken)
    {
        var client = new AgentSocket();
        await client._socket.ConnectAsync(new UriBuilder(server) { Scheme = "ws", Path = path }.Uri, cancellationToken);
        for (var frame = 0; frame < 3; frame++)
        {
            await client.ReceiveAsync(cancellationToken);
        }
        return client;
    }

    /// <summary>Calls a method with a number, and checks that it succeeded.</summary>
    public async ValueTask CallAsync(string method, int value, CancellationToken cancellationToken)
    {
        var call = Encoding.UTF8.GetBytes($$"""{"type":"rpc","id":"1","method":"{{method}}","args":[{{value}}]}""");
        await _socket.SendAsync(call, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        while (true)
        {
            var frame = await ReceiveAsync(cancellationToken);
            if (frame.Span.StartsWith("{\"type\":\"rpc\""u8))
            {
                if (frame.Span.IndexOf("\"success\":true"u8) < 0)
                {
                    throw new InvalidDataException(Encoding.UTF8.GetString(frame.Span));
                }
                return;
            }
        }
    }

    /// <summary>Takes state frames until one has the value.</summary>
    /// <returns>How many came.</returns>
    public async ValueTask<int> UntilAsync(int value, CancellationToken cancellationToken)
    {
        for (var frames = 1; ; frames++)
        {
            var frame = await ReceiveAsync(cancellationToken);
            var number = frame.Span.IndexOf("\"value\":"u8);
            if (
                number >= 0
                && Utf8Parser.TryParse(frame.Span[(number + "\"value\":".Length)..], out int seen, out _)
                && seen == value
            )
            {
                return frames;
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private async ValueTask<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken cancellationToken)
    {
        var received = await _socket.ReceiveAsync(_buffer.AsMemory(), cancellationToken);
        return received is { EndOfMessage: true, MessageType: WebSocketMessageType.Text }
            ? _buffer.AsMemory(0, received.Count)
            : throw new InvalidDataException("The server sent something else than one small text frame.");
    }
}
