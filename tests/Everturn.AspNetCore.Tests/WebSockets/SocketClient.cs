using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Everturn.AspNetCore.Tests;

/// <summary>The platform's own WebSocket client on a session.</summary>
internal sealed class SocketClient : IDisposable
{
    private readonly ClientWebSocket _socket;

    private SocketClient(ClientWebSocket socket) => _socket = socket;

    public WebSocketState State => _socket.State;

    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    public string? CloseReason => _socket.CloseStatusDescription;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<SocketClient> OpenAsync(
        SessionHost host,
        string path,
        string? user = null,
        string? origin = null
    )
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        if (user is not null)
        {
            socket.Options.SetRequestHeader(TrustingAuthentication.UserHeader, user);
        }
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }
        var client = new SocketClient(socket);
        try
        {
            await socket.ConnectAsync(new Uri(new UriBuilder(host.Address) { Scheme = "ws" }.Uri, path), Token);
            return client;
        }
        catch (WebSocketException exception)
        {
            var status = socket.HttpStatusCode;
            client.Dispose();
            throw new SocketRefusedException(status, exception);
        }
    }

    /// <summary>The status of the answer to a handshake that is refused.</summary>
    public static async Task<HttpStatusCode> RefusalAsync(
        SessionHost host,
        string path,
        string? user = null,
        string? origin = null
    ) =>
        (
            await Should.ThrowAsync<SocketRefusedException>(async () =>
            {
                using var client = await OpenAsync(host, path, user, origin);
            })
        ).Status;

    /// <summary>All frames until the server closes.</summary>
    public static async Task<List<JsonElement>> ReadAllAsync(SessionHost host, string path)
    {
        using var client = await OpenAsync(host, path);
        var frames = new List<JsonElement>();
        while (await client.NextAsync() is { } frame)
        {
            frames.Add(frame);
        }
        client.CloseStatus.ShouldBe(WebSocketCloseStatus.NormalClosure);
        return frames;
    }

    /// <summary>The next frames.</summary>
    public async Task<List<JsonElement>> TakeAsync(int count)
    {
        var frames = new List<JsonElement>();
        while (frames.Count < count)
        {
            frames.Add((await NextAsync()).ShouldNotBeNull());
        }
        return frames;
    }

    /// <summary>The next frame; null where the server closed, which is answered.</summary>
    public async Task<JsonElement?> NextAsync()
    {
        var text = new MemoryStream();
        var buffer = new byte[4_096];
        while (true)
        {
            var part = await _socket.ReceiveAsync(buffer.AsMemory(), Token);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                if (_socket.State == WebSocketState.CloseReceived)
                {
                    await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Token);
                }
                return null;
            }
            part.MessageType.ShouldBe(WebSocketMessageType.Text);
            text.Write(buffer.AsSpan(0, part.Count));
            if (part.EndOfMessage)
            {
                return JsonDocument.Parse(text.ToArray()).RootElement;
            }
        }
    }

    public Task SendAsync(string text, WebSocketMessageType type = WebSocketMessageType.Text) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(text), type, endOfMessage: true, Token);

    public Task CloseAsync() => _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "enough", Token);

    public void Abort() => _socket.Abort();

    public void Dispose() => _socket.Dispose();
}
