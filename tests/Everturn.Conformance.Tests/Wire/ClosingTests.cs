using System.Globalization;
using System.Net.WebSockets;
using Everturn.Conformance.Tests.Crash;

namespace Everturn.Conformance.Tests.Wire;

/// <summary>How sockets end.</summary>
public sealed class ClosingTests(ConformanceServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1000, "")]
    [InlineData(1001, "going")]
    [InlineData(3000, "mine")]
    [InlineData(4321, "ü")]
    public async Task A_clients_close_is_answered_with_its_code(int code, string reason)
    {
        await using var client = await RawClient.ConnectAsync(server, "test-callable-agent", Frames.NewName(), 3);

        await client.CloseAsync(code, reason);

        ((int?)client.CloseStatus).ShouldBe(code);
        client.CloseReason.ShouldBe(reason);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(1008)]
    [InlineData(1012)]
    [InlineData(4000)]
    public async Task The_agent_closes_with_the_code_it_says_behind_what_it_sent(int code)
    {
        var name = Frames.NewName();
        await using var client = await RawClient.ConnectAsync(server, "test-callable-agent", name, 3);

        await server.Http.PostAsync($"/agents/test-callable-agent/{name}/close?code={code}&reason=why", null, Token);

        (await client.ReceiveBytesAsync()).ShouldBeNull();
        ((int?)client.CloseStatus).ShouldBe(code);
        client.CloseReason.ShouldBe("why");
    }

    [Fact]
    public async Task A_client_that_is_refused_for_good_is_let_in_and_closed()
    {
        await using var client = await RawClient.ConnectAsync(
            server,
            $"/agents/test-callable-agent/{Frames.NewName()}?deny=true"
        );

        (await client.ReceiveBytesAsync()).ShouldBeNull();
        ((int?)client.CloseStatus).ShouldBe(4401);
    }

    [Fact]
    public async Task A_client_that_wants_the_other_transport_is_refused_for_good()
    {
        await using var client = await RawClient.ConnectAsync(
            server,
            $"/agents/test-callable-agent/{Frames.NewName()}?__agents_transport=capnweb"
        );

        (await client.ReceiveBytesAsync()).ShouldBeNull();
        ((int?)client.CloseStatus).ShouldBe(1008);
    }

    [Fact]
    public async Task A_connect_hook_that_throws_closes_with_1011_after_saying_why()
    {
        await using var client = await RawClient.ConnectAsync(server, $"/agents/test-failing-agent/{Frames.NewName()}");

        var last = "";
        while (await client.ReceiveBytesAsync() is { } message)
        {
            last = System.Text.Encoding.UTF8.GetString(message);
        }

        last.ShouldBe("""{"error":"connect refused"}""");
        client.CloseStatus.ShouldBe(WebSocketCloseStatus.InternalServerError);
        client.CloseReason.ShouldBe("Uncaught exception during session setup");
    }

    [Fact]
    public async Task A_socket_that_breaks_is_no_longer_counted()
    {
        var name = Frames.NewName();
        await using var stays = await RawClient.ConnectAsync(server, "test-state-agent", name, 3);
        var breaks = await RawClient.ConnectAsync(server, "test-state-agent", name, 3);

        breaks.Abort();

        await Eventually.HoldsAsync(async () =>
            await server.Http.GetStringAsync($"/agents/test-state-agent/{name}/connections", Token) == """{"count":1}"""
        );
    }

    [Fact]
    public async Task A_client_that_reads_nothing_is_dropped_and_the_others_get_everything()
    {
        var name = Frames.NewName();
        await using var stalled = await RawClient.ConnectAsync(server, "test-state-agent", name, 3);
        await using var writer = await RawClient.ConnectAsync(server, "test-state-agent", name, 3);
        await using var reader = await RawClient.ConnectAsync(server, "test-state-agent", name, 3);
        var large = new string('x', 512 * 1024);

        // More than the sockets' own buffers and what may wait for a client.
        for (var count = 1; count <= 80; count++)
        {
            await writer.SetStateAsync($$"""{"count":{{count}},"items":["{{large}}"],"lastUpdated":null}""");
            (await reader.ReceiveAsync())["state"]!["count"]!.GetValue<int>().ShouldBe(count);
        }

        await Eventually.HoldsAsync(async () =>
            await server.Http.GetStringAsync($"/agents/test-state-agent/{name}/connections", Token) == """{"count":2}"""
        );
    }

    [Fact]
    public async Task A_client_that_reads_slowly_gets_everything_in_order_and_the_others_do_not_wait_for_it()
    {
        const int frames = 80;
        // Twelve megabytes: more than the sockets' own buffers, less than what may wait for a client.
        const int behind = 24;
        var name = Frames.NewName();
        await using var slow = await RawClient.ConnectNarrowAsync(
            server,
            "test-state-agent",
            name,
            3,
            bytes: 256 * 1024
        );
        await using var writer = await RawClient.ConnectAsync(server, "test-state-agent", name, 3);
        await using var reader = await RawClient.ConnectAsync(server, "test-state-agent", name, 3);
        var large = new string('x', 512 * 1024);

        for (var count = 1; count <= frames + behind; count++)
        {
            if (count <= frames)
            {
                await writer.SetStateAsync($$"""{"count":{{count}},"items":["{{large}}"],"lastUpdated":null}""");
                (await CountAsync(reader)).ShouldBe(count);
            }
            if (count > behind)
            {
                (await CountAsync(slow)).ShouldBe(count - behind);
            }
        }

        (await slow.CallAsync("ping"))["result"]!.GetValue<string>().ShouldBe("pong");
    }

    [Fact]
    public async Task Ten_thousand_sockets_opened_and_dropped_leave_nothing()
    {
        await using var host = await HostProcess.StartAsync();
        using var http = new HttpClient { BaseAddress = new(host.Address) };
        // What is kept once and for all: code, pools of buffers, threads.
        await OpenAndDropAsync(host, rounds: 20);
        var before = await FootprintAsync(host, http);

        await OpenAndDropAsync(host, rounds: 100);

        var after = await FootprintAsync(host, http);
        after.Handles.ShouldBeLessThanOrEqualTo(before.Handles + 10);
        // Less than 400 bytes for each of them, and less than the buffers of one in a hundred.
        after.Heap.ShouldBeLessThan(before.Heap + (4 * 1024 * 1024));
        after.WorkingSet.ShouldBeLessThan(before.WorkingSet + (64 * 1024 * 1024));
    }

    private static async Task<int> CountAsync(RawClient client) =>
        (await client.ReceiveAsync())["state"]!["count"]!.GetValue<int>();

    /// <summary>A hundred sockets at a time, half of which close and half of which break.</summary>
    private static async Task OpenAndDropAsync(HostProcess host, int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            var clients = await Task.WhenAll(
                Enumerable
                    .Range(0, 100)
                    .Select(_ => RawClient.ConnectAsync(host.Address, "/agents/test-state-agent/many"))
            );
            await Task.WhenAll(
                clients.Select(
                    async (client, i) =>
                    {
                        await client.ReceiveAsync(3);
                        if (i % 2 == 0)
                        {
                            await client.CloseAsync(1000, "enough");
                        }
                        else
                        {
                            client.Abort();
                        }
                        await client.DisposeAsync();
                    }
                )
            );
        }
    }

    private static async Task<(int Handles, long Heap, long WorkingSet)> FootprintAsync(
        HostProcess host,
        HttpClient http
    )
    {
        await Eventually.HoldsAsync(async () =>
            await http.GetStringAsync("/agents/test-state-agent/many/connections", Token) == """{"count":0}"""
        );
        // A socket of which the agent knows no more may still be on its way to the system.
        var handles = int.MaxValue;
        await Eventually.HoldsAsync(() =>
        {
            var last = handles;
            handles = Directory.GetFiles($"/proc/{host.Process.Id}/fd").Length;
            return Task.FromResult(handles >= last);
        });
        var heap = long.Parse(await http.GetStringAsync("/memory", Token), CultureInfo.InvariantCulture);
        host.Process.Refresh();
        return (handles, heap, host.Process.WorkingSet64);
    }
}
