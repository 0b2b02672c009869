using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Everturn.Bench.Client;

/// <summary>A client of a stateful agent that does what the benchmarks need and no more.</summary>
internal sealed class AgentSocket : IDisposable
{
    private readonly FrameSocket _frames;

    private AgentSocket(FrameSocket frames) => _frames = frames;

    /// <summary>Connects and takes the greeting: identity, state, MCP servers.</summary>
    public static async Task<AgentSocket> OpenAsync(Uri server, string path, CancellationToken cancellationToken)
    {
        var client = new AgentSocket(await FrameSocket.OpenAsync(server, path, cancellationToken));
        for (var frame = 0; frame < 3; frame++)
        {
            await client._frames.ReceiveAsync(cancellationToken);
        }
        return client;
    }

    /// <summary>Calls a method with a number, and checks that it succeeded.</summary>
    public async ValueTask CallAsync(string method, int value, CancellationToken cancellationToken)
    {
        var call = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"type":"rpc","id":"1","method":"{{method}}","args":[{{value}}]}"""
        );
        await _frames.SendAsync(Encoding.UTF8.GetBytes(call), cancellationToken);
        while (true)
        {
            var frame = await _frames.ReceiveAsync(cancellationToken);
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
            var frame = await _frames.ReceiveAsync(cancellationToken);
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

    public void Dispose() => _frames.Dispose();
}
