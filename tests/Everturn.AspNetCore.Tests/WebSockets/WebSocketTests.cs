using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using Everturn.Streaming;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.AspNetCore.Tests;

public sealed class WebSocketTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Frames_are_the_data_of_the_events_and_an_end_comes_before_the_close()
    {
        await using var host = await SessionHost.StartAsync();
        var runId = await host.StartRunAsync("s1");
        using var client = await SocketClient.OpenAsync(host, "/sessions/s1");
        await host.WriteAsync("s1", "a", "b\nc");
        await host.EndRunAsync("s1");

        var frames = await client.TakeAsync(4);
        var closed = await client.NextAsync();

        var events = await SseClient.ReadAllAsync(host.Http, "/sessions/s1/sse");
        frames.Take(3).Select(frame => frame.GetRawText()).ShouldBe(events.Take(3).Select(item => item.Data));
        frames[1].Names().ShouldBe(["sequence", "chunk"]);
        frames[3].Names().ShouldBe(["end"]);
        frames[3].GetProperty("end").GetRawText().ShouldBe(events[3].Data);
        frames[3].GetProperty("end").Text("runId").ShouldBe(runId);
        closed.ShouldBeNull();
        client.CloseStatus.ShouldBe(WebSocketCloseStatus.NormalClosure);
        client.CloseReason.ShouldBe("completed");
    }

    [Fact]
    public async Task Invariant_8_a_reconnect_after_a_broken_connection_gets_exactly_the_rest()
    {
        await using var host = await SessionHost.StartAsync();
        await host.StartRunAsync("s1");
        await host.WriteAsync("s1", "a", "b", "c", "d");
        long last;
        using (var first = await SocketClient.OpenAsync(host, "/sessions/s1"))
        {
            last = Number((await first.TakeAsync(2))[^1]);
            first.Abort();
        }
        await host.WriteAsync("s1", "e");
        await host.EndRunAsync("s1");

        var rest = await SocketClient.ReadAllAsync(host, $"/sessions/s1?fromSequence={last}");

        rest.SkipLast(1).Select(Number).ShouldBe([3, 4, 5, 6]);
        (await host.Store.ListOpenCommandsAsync(Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Many_sockets_get_the_same_of_a_long_log_stored_and_live()
    {
        await using var host = await SessionHost.StartAsync();
        await host.StartRunAsync("s1");
        string[] deltas = [.. Enumerable.Range(0, 500).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        await host.WriteAsync("s1", deltas);
        await host.WriteAsync("s1", deltas);
        var reading = Enumerable
            .Range(0, 20)
            .Select(i => SocketClient.ReadAllAsync(host, $"/sessions/s1?fromSequence={i * 10}"))
            .ToList();
        for (var i = 0; i < 100; i++)
        {
            await host.WriteAsync("s1", "live", "live");
        }
        await host.EndRunAsync("s1");

        for (var i = 0; i < reading.Count; i++)
        {
            var numbers = (await reading[i]).SkipLast(1).Select(Number);
            numbers.ShouldBe(Enumerable.Range((i * 10) + 1, 1_201 - (i * 10)).Select(number => (long)number));
        }
    }

    [Fact]
    public async Task Invariant_7_a_socket_that_follows_sees_the_numbers_go_on_in_the_next_turn()
    {
        await using var host = await SessionHost.StartAsync();
        await host.StartRunAsync("s1");
        using var client = await SocketClient.OpenAsync(host, "/sessions/s1?follow=true");
        await host.WriteAsync("s1", "a");
        await host.EndRunAsync("s1");
        var second = await host.StartRunAsync("s1", "again");
        await host.WriteAsync("s1", "b", "c");

        var frames = await client.TakeAsync(4);

        frames.Select(Number).ShouldBe([1, 2, 3, 4]);
        frames[3].GetProperty("chunk").Text("agentId").ShouldBe(second);
    }

    [Fact]
    public async Task Invariant_8_a_position_above_the_log_gets_a_resync_and_then_what_follows()
    {
        await using var host = await SessionHost.StartAsync();
        await host.StartRunAsync("s1");
        await host.WriteAsync("s1", "a", "b");
        using var client = await SocketClient.OpenAsync(host, "/sessions/s1?fromSequence=50");

        var resync = (await client.TakeAsync(1))[0];
        await host.WriteAsync("s1", "c");
        var next = (await client.TakeAsync(1))[0];

        Number(resync).ShouldBe(2);
        resync.GetProperty("chunk").Text("type").ShouldBe("stream_resync");
        resync.GetProperty("chunk").GetProperty("snapshotSequence").GetInt64().ShouldBe(2);
        Number(next).ShouldBe(3);
    }

    [Fact]
    public async Task A_message_changes_the_position_of_a_socket_that_waits()
    {
        await using var host = await SessionHost.StartAsync();
        await host.StartRunAsync("s1");
        await host.WriteAsync("s1", "a", "b", "c");
        using var client = await SocketClient.OpenAsync(host, "/sessions/s1");
        (await client.TakeAsync(3)).Select(Number).ShouldBe([1, 2, 3]);

        await client.SendAsync("""{"fromSequence":1}""");

        (await client.TakeAsync(2)).Select(Number).ShouldBe([2, 3]);
        await client.SendAsync("""{"fromSequence":9}""");
        (await client.TakeAsync(1))[0].GetProperty("chunk").Text("type").ShouldBe("stream_resync");
        await host.WriteAsync("s1", "d");
        Number((await client.TakeAsync(1))[0]).ShouldBe(4);
    }

    [Theory]
    [InlineData("hello", WebSocketMessageType.Text, WebSocketCloseStatus.PolicyViolation)]
    [InlineData("{}", WebSocketMessageType.Text, WebSocketCloseStatus.PolicyViolation)]
    [InlineData("""{"fromSequence":-1}""", WebSocketMessageType.Text, WebSocketCloseStatus.PolicyViolation)]
    [InlineData("""{"fromSequence":"1"}""", WebSocketMessageType.Text, WebSocketCloseStatus.PolicyViolation)]
    [InlineData("""{"fromSequence":1}""", WebSocketMessageType.Binary, WebSocketCloseStatus.InvalidMessageType)]
    public async Task Invariant_11_a_message_that_is_no_position_closes_the_socket_and_says_why(
        string message,
        WebSocketMessageType type,
        WebSocketCloseStatus status
    )
    {
        await using var host = await SessionHost.StartAsync();
        await host.StartRunAsync("s1");
        using var client = await SocketClient.OpenAsync(host, "/sessions/s1");

        await client.SendAsync(message, type);

        (await client.NextAsync()).ShouldBeNull();
        client.CloseStatus.ShouldBe(status);
        client.CloseReason.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_message_that_is_too_long_closes_the_socket()
    {
        await using var host = await SessionHost.StartAsync();
        await host.StartRunAsync("s1");
        using var client = await SocketClient.OpenAsync(host, "/sessions/s1");

        await client.SendAsync(new string(' ', 100_000));

        (await client.NextAsync()).ShouldBeNull();
        client.CloseStatus.ShouldBe(WebSocketCloseStatus.MessageTooBig);
    }

    [Fact]
    public async Task A_client_that_closes_is_answered_and_forgotten()
    {
        await using var host = await SessionHost.StartAsync();
        await host.StartRunAsync("s1");
        using var client = await SocketClient.OpenAsync(host, "/sessions/s1");
        host.Services.GetRequiredService<SessionStreams>().WatchedSessions.ShouldBe(1);

        await client.CloseAsync();

        client.CloseStatus.ShouldBe(WebSocketCloseStatus.NormalClosure);
        await Until.TrueAsync(() => host.Services.GetRequiredService<SessionStreams>().WatchedSessions == 0);
        (await host.Http.GetJsonAsync("/sessions/s1/status")).Text("status").ShouldBe("running");
    }

    [Fact]
    public async Task A_server_that_stops_says_so_and_the_client_can_come_back()
    {
        var host = await SessionHost.StartAsync();
        await host.StartRunAsync("s1");
        await host.WriteAsync("s1", "a");
        using var client = await SocketClient.OpenAsync(host, "/sessions/s1");
        await client.TakeAsync(1);

        var stopping = host.StopAsync();

        (await client.NextAsync()).ShouldBeNull();
        client.CloseStatus.ShouldBe(WebSocketCloseStatus.EndpointUnavailable);
        await stopping;
        await host.DisposeAsync();
    }

    [Fact]
    public async Task A_client_that_answers_no_ping_is_dropped()
    {
        await using var host = await SessionHost.StartAsync(configure: services =>
            services.Configure<StreamConnectionOptions>(options =>
            {
                options.PingInterval = TimeSpan.FromMilliseconds(50);
                options.DeadAfter = TimeSpan.FromMilliseconds(100);
            })
        );
        await host.StartRunAsync("s1");
        using var dead = await DeafSocket.OpenAsync(host.Address, "/sessions/s1");

        await dead.ClosedAsync();

        await Until.TrueAsync(() => host.Services.GetRequiredService<SessionStreams>().WatchedSessions == 0);
    }

    [Fact]
    public async Task Invariant_8_a_client_that_does_not_read_never_slows_the_writer_and_gets_everything_later()
    {
        await using var host = await SessionHost.StartAsync();
        await host.StartRunAsync("s1");
        using var slow = await SocketClient.OpenAsync(host, "/sessions/s1");
        var large = new string('x', 30_000);
        for (var i = 0; i < 60; i++)
        {
            await host.WriteAsync("s1", large, large, large, large, large, large, large, large);
        }
        await host.EndRunAsync("s1");

        var frames = new List<long>();
        while (await slow.NextAsync() is { } frame)
        {
            frames.Add(frame.TryGetProperty("sequence", out var number) ? number.GetInt64() : -1);
        }

        frames.ShouldBe([.. Enumerable.Range(1, 481).Select(number => (long)number), -1]);
    }

    [Fact]
    public async Task More_sockets_and_event_streams_than_the_limit_are_refused()
    {
        await using var host = await SessionHost.StartAsync(configure: services =>
            services.AddSingleton(new EverturnLimits { ConnectionsPerSession = 2 })
        );
        await host.StartRunAsync("s1");
        using var socket = await SocketClient.OpenAsync(host, "/sessions/s1");
        using var events = await SseClient.OpenAsync(host.Http, "/sessions/s1/sse");

        (await SocketClient.RefusalAsync(host, "/sessions/s1")).ShouldBe(HttpStatusCode.TooManyRequests);
        using var refused = await host.Http.GetAsync("/sessions/s1/sse", Token);
        await refused.ProblemAsync(429, "too_many_readers");
    }

    [Fact]
    public async Task A_session_that_is_deleted_ends_its_sockets()
    {
        await using var host = await SessionHost.StartAsync();
        await host.StartRunAsync("s1");
        await host.EndRunAsync("s1");
        using var client = await SocketClient.OpenAsync(host, "/sessions/s1?follow=true&fromSequence=1");
        using var deleted = await host.Http.DeleteAsync("/sessions/s1", Token);

        (await client.TakeAsync(1))[0].GetProperty("end").Text("status").ShouldBe("deleted");
    }

    [Theory]
    [InlineData("/sessions/none", HttpStatusCode.NotFound)]
    [InlineData("/sessions/s1?fromSequence=-1", HttpStatusCode.BadRequest)]
    [InlineData("/sessions/s1?fromSequence=x", HttpStatusCode.BadRequest)]
    [InlineData("/sessions/s1?follow=maybe", HttpStatusCode.BadRequest)]
    [InlineData("/sessions/a__b", HttpStatusCode.BadRequest)]
    public async Task Invariant_11_a_handshake_that_is_not_acceptable_is_refused(string path, HttpStatusCode status)
    {
        await using var host = await SessionHost.StartAsync();
        await host.StartRunAsync("s1");

        (await SocketClient.RefusalAsync(host, path)).ShouldBe(status);
    }

    [Fact]
    public async Task Pages_of_other_origins_may_not_connect_unless_they_are_allowed()
    {
        await using var host = await SessionHost.StartAsync(configure: services =>
            services.Configure<StreamConnectionOptions>(options =>
                options.AllowedOrigins.Add("https://app.example.com")
            )
        );
        await host.StartRunAsync("s1");

        (await SocketClient.RefusalAsync(host, "/sessions/s1", origin: "https://evil.example.com")).ShouldBe(
            HttpStatusCode.Forbidden
        );
        (await SocketClient.RefusalAsync(host, "/sessions/s1", origin: "null")).ShouldBe(HttpStatusCode.Forbidden);
        foreach (var origin in new[] { "https://app.example.com", host.Address.GetLeftPart(UriPartial.Authority) })
        {
            using var client = await SocketClient.OpenAsync(host, "/sessions/s1", origin: origin);
            client.State.ShouldBe(WebSocketState.Open);
        }
    }

    [Fact]
    public async Task The_path_without_an_upgrade_is_the_record()
    {
        await using var host = await SessionHost.StartAsync();
        await host.StartRunAsync("s1");

        (await host.Http.GetJsonAsync("/sessions/s1")).Text("sessionId").ShouldBe("s1");
    }

    private static long Number(JsonElement frame) => frame.GetProperty("sequence").GetInt64();
}
