using System.Net.WebSockets;
using System.Text.Json;
using Everturn.Testing.Crashes;

namespace Everturn.Crash.Tests;

/// <summary>A reader on a WebSocket whose server is killed under it.</summary>
public sealed class SocketRejoinTests
{
    [Fact]
    public async Task Invariant_8_a_socket_that_dies_with_its_server_is_rejoined_without_gap_or_repetition()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var harness = new CrashHarness(Hosts.Program(modelPauseMs: 5, maxClaims: 100));
        var host = await harness.StartAsync(cancellationToken: cancellationToken);
        using var started = await host.Client.StartSessionAsync("deltas", "s1", "count", null, cancellationToken);
        started.IsSuccessStatusCode.ShouldBeTrue();

        var numbers = new List<long>();
        for (var life = 0; life < 3; life++)
        {
            await ReadAsync(host, numbers, numbers.Count + 12, cancellationToken);
            await host.KillAsync(cancellationToken);
            host = await harness.StartAsync(cancellationToken: cancellationToken);
        }
        var end = await ReadAsync(host, numbers, long.MaxValue, cancellationToken);

        numbers.ShouldBe(Enumerable.Range(1, numbers.Count).Select(number => (long)number));
        end.ShouldBe("completed");
        var session = await host.Client.ReadEvidenceAsync("s1", cancellationToken);
        new InvariantChecker().Session(session).Completed(session, 1).Verify();
    }

    /// <summary>Reads on from the last number, up to another or the end.</summary>
    /// <returns>The status that the run ended with; null where it did not.</returns>
    private static async Task<string?> ReadAsync(
        CrashProcess host,
        List<long> numbers,
        long until,
        CancellationToken cancellationToken
    )
    {
        using var socket = new ClientWebSocket();
        var address = new UriBuilder(host.Client.BaseAddress!)
        {
            Scheme = "ws",
            Path = "/sessions/s1",
            Query = $"fromSequence={numbers.Count}",
        };
        await socket.ConnectAsync(address.Uri, cancellationToken);
        var buffer = new byte[64 * 1024];
        while (numbers.Count < until)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
            part.EndOfMessage.ShouldBeTrue();
            using var frame = JsonDocument.Parse(buffer.AsMemory(0, part.Count));
            if (frame.RootElement.TryGetProperty("end", out var end))
            {
                return end.GetProperty("status").GetString();
            }
            numbers.Add(frame.RootElement.GetProperty("sequence").GetInt64());
        }
        return null;
    }
}
