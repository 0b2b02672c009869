using System.Net.Sockets;
using System.Text;

namespace Everturn.AspNetCore.Tests;

/// <summary>A client that opens a WebSocket and then answers nothing, not even a ping.</summary>
internal sealed class DeafSocket : IDisposable
{
    private readonly TcpClient _tcp;

    private DeafSocket(TcpClient tcp) => _tcp = tcp;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<DeafSocket> OpenAsync(Uri address, string path)
    {
        var tcp = new TcpClient();
        await tcp.ConnectAsync(address.Host, address.Port, Token);
        await tcp.GetStream()
            .WriteAsync(
                Encoding.ASCII.GetBytes(
                    $"GET {path} HTTP/1.1\r\nHost: {address.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
                ),
                Token
            );
        return new(tcp);
    }

    /// <summary>Waits until the server cut the connection.</summary>
    public async Task ClosedAsync()
    {
        var buffer = new byte[1_024];
        try
        {
            while (await _tcp.GetStream().ReadAsync(buffer, Token) > 0) { }
        }
        catch (IOException)
        {
            // Reset rather than closed; gone either way.
        }
    }

    public void Dispose() => _tcp.Dispose();
}
