using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Everturn.StatefulAgents.Transport;

namespace Everturn.StatefulAgents.Tests.Fixtures;

/// <summary>A client's socket that keeps what it is sent.</summary>
internal sealed class ClientSocket : IConnectionSocket
{
    private readonly ConcurrentQueue<string> _frames = new();

    public IObjectConnection Connection { get; set; } = null!;

    public IReadOnlyList<string> Frames => [.. _frames];

    public (int Code, string Reason)? Closed { get; private set; }

    public IReadOnlyList<string> States =>
        [.. Frames.Where(frame => frame.Contains("\"cf_agent_state\"", StringComparison.Ordinal))];

    public void Send(ReadOnlyMemory<byte> data, bool isText) => _frames.Enqueue(Encoding.UTF8.GetString(data.Span));

    public void Close(int code, string reason) => Closed = (code, reason);

    /// <summary>Calls a method and returns its answer.</summary>
    public async Task<ClientReply> CallAsync(string method, string arguments = "[]")
    {
        var reply = new ClientReply();
        await Connection.CallAsync(method, JsonElement.Parse(arguments), reply);
        return reply;
    }

    public async Task SetStateAsync(string json) => await Connection.SetStateAsync(JsonElement.Parse(json));

    public async Task SendAsync(string text) => await Connection.ReceiveAsync(ConnectionMessage.FromText(text));
}
