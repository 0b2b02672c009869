using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Everturn.Conformance.Tests.Wire;

/// <summary>A WebSocket without any client library: what is sent and received is the frames themselves.</summary>
internal sealed class RawClient : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private int _lastCall;

    private RawClient() { }

    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    public string? CloseReason => _socket.CloseStatusDescription;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Connects.</summary>
    public static Task<RawClient> ConnectAsync(ConformanceServer server, string path) =>
        ConnectAsync(server.Address, path);

    /// <summary>Connects.</summary>
    public static async Task<RawClient> ConnectAsync(string address, string path)
    {
        var client = new RawClient();
        client._socket.Options.CollectHttpResponseDetails = true;
        try
        {
            await client._socket.ConnectAsync(new(address.Replace("http://", "ws://") + path), Token);
            return client;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    /// <summary>Connects to an agent that greets with as many frames, and takes only so many bytes without reading them.</summary>
    public static async Task<RawClient> ConnectNarrowAsync(
        ConformanceServer server,
        string agent,
        string name,
        int greeting,
        int bytes
    )
    {
        var client = new RawClient();
        using var invoker = new HttpMessageInvoker(
            new SocketsHttpHandler
            {
                ConnectCallback = async (context, token) =>
                {
                    var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = bytes };
                    await socket.ConnectAsync(context.DnsEndPoint, token);
                    return new NetworkStream(socket, ownsSocket: true);
                },
            },
            disposeHandler: false
        );
        var address = server.Address.Replace("http://", "ws://", StringComparison.Ordinal);
        await client._socket.ConnectAsync(new($"{address}/agents/{agent}/{name}"), invoker, Token);
        await client.ReceiveAsync(greeting);
        return client;
    }

    /// <summary>Connects to an agent that greets with as many frames.</summary>
    public static async Task<RawClient> ConnectAsync(ConformanceServer server, string agent, string name, int greeting)
    {
        var client = await ConnectAsync(server, $"/agents/{agent}/{name}");
        await client.ReceiveAsync(greeting);
        return client;
    }

    /// <summary>The status with which the server answers an attempt to connect.</summary>
    public static async Task<int> RefusalAsync(ConformanceServer server, string path)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        await Should.ThrowAsync<WebSocketException>(() =>
            socket.ConnectAsync(new(server.Address.Replace("http://", "ws://") + path), Token)
        );
        return (int)socket.HttpStatusCode;
    }

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    public Task SendAsync(byte[] data, WebSocketMessageType type) =>
        _socket.SendAsync(data, type, endOfMessage: true, Token);

    public Task SetStateAsync(string state) => SendAsync($$"""{"type":"cf_agent_state","state":{{state}}}""");

    /// <summary>Sends a call and does not wait for its answer.</summary>
    public async Task<string> SendCallAsync(string method, string arguments = "[]")
    {
        var id = $"call-{++_lastCall}";
        await SendAsync(
            $$"""{"type":"rpc","id":"{{id}}","method":{{JsonSerializer.Serialize(method)}},"args":{{arguments}}}"""
        );
        return id;
    }

    /// <summary>Calls, and returns the answering frame; frames in between are dropped.</summary>
    public async Task<JsonObject> CallAsync(string method, string arguments = "[]")
    {
        var id = await SendCallAsync(method, arguments);
        while (true)
        {
            var frame = await ReceiveAsync();
            if (frame is JsonObject answer && (string?)answer["id"] == id)
            {
                return answer;
            }
        }
    }

    /// <summary>The next message as text.</summary>
    public async Task<string> ReceiveTextAsync() =>
        Encoding.UTF8.GetString((await ReceiveBytesAsync()) ?? throw new InvalidOperationException("It was closed."));

    /// <summary>The next message; null where the server closed.</summary>
    public async Task<byte[]?> ReceiveBytesAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        var message = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var received = await _socket.ReceiveAsync(buffer.AsMemory(), limit.Token);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }
            message.Write(buffer, 0, received.Count);
            if (received.EndOfMessage)
            {
                return message.ToArray();
            }
        }
    }

    /// <summary>The next message as JSON.</summary>
    public async Task<JsonNode> ReceiveAsync() => JsonNode.Parse(await ReceiveTextAsync())!;

    public async Task<List<JsonNode>> ReceiveAsync(int count)
    {
        var frames = new List<JsonNode>();
        while (frames.Count < count)
        {
            frames.Add(await ReceiveAsync());
        }
        return frames;
    }

    /// <summary>
    /// Everything that was on its way: a call that is answered last shows that nothing more was.
    /// </summary>
    public async Task<List<JsonNode>> DrainAsync(string lastCall)
    {
        var id = await SendCallAsync(lastCall);
        var frames = new List<JsonNode>();
        while (true)
        {
            var frame = await ReceiveAsync();
            if (frame is JsonObject answer && (string?)answer["id"] == id)
            {
                return frames;
            }
            frames.Add(frame);
        }
    }

    public Task CloseAsync(int code, string reason) => _socket.CloseAsync((WebSocketCloseStatus)code, reason, Token);

    public void Abort() => _socket.Abort();

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return default;
    }
}
