using System.Net.Sockets;
using System.Text;

namespace Everturn.Conformance.Tests.Wire;

/// <summary>Requests that no client would send: the target goes out as it is written.</summary>
internal static class RawHttp
{
    public static async Task<int> StatusAsync(ConformanceServer server, string requestLine)
    {
        var address = new Uri(server.Address);
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        var request = $"{requestLine}\r\nHost: {address.Authority}\r\nConnection: close\r\n\r\n";
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        var status = await reader.ReadLineAsync(TestContext.Current.CancellationToken);
        return int.Parse(status!.Split(' ')[1]);
    }
}
