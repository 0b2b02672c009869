using System.Globalization;
using Everturn.Sessions;
using Everturn.Streaming;
using Everturn.Testing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.AspNetCore.Tests;

public sealed class SseTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_are_numbered_from_one_carry_the_chunk_and_close_with_the_status()
    {
        await using var host = await SessionHost.StartAsync();
        var runId = await host.StartRunAsync("s1");
        using var client = await SseClient.OpenAsync(host.Http, "/sessions/s1/sse");
        await host.WriteAsync("s1", "a", "b\nc");
        await host.EndRunAsync("s1");

        var events = new List<SseEvent>();
        await foreach (var item in client.EventsAsync(Token))
        {
            events.Add(item);
        }

        var headers = client.Response;
        headers.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        headers.Headers.CacheControl!.NoCache.ShouldBeTrue();
        headers.Headers.GetValues("X-Accel-Buffering").ShouldBe(["no"]);
        events
            .Select(item => (item.Id, item.Type))
            .ShouldBe([("1", "message"), ("2", "message"), ("3", "message"), (null, "end")]);
        events[1].Json.Names().ShouldBe(["sequence", "chunk"]);
        events[1].Json.GetProperty("sequence").GetInt64().ShouldBe(2);
        events[1].Json.GetProperty("chunk").Text("type").ShouldBe("text_delta");
        events[1].Json.GetProperty("chunk").Text("delta").ShouldBe("b\nc");
        events[3].Json.Names().ShouldBe(["status", "runId", "sequence"]);
        events[3].Json.Text("status").ShouldBe("completed");
        events[3].Json.Text("runId").ShouldBe(runId);
        events[3].Json.GetProperty("sequence").GetInt64().ShouldBe(3);
    }

    [Fact]
    public async Task The_end_says_why_a_run_failed()
    {
        await using var host = await SessionHost.StartAsync();
        await host.StartRunAsync("s1");
        await host.EndRunAsync("s1", RunStatus.Failed, "model_failed", "no answer");

        var end = (await SseClient.ReadAllAsync(host.Http, "/sessions/s1/sse"))[^1].Json;

        end.Text("status").ShouldBe("failed");
        end.Text("reason").ShouldBe("model_failed");
        end.Text("error").ShouldBe("no answer");
    }

    [Fact]
    public async Task Headers_arrive_before_the_first_chunk()
    {
        await using var host = await SessionHost.StartAsync();
        await host.StartRunAsync("s1");

        using var client = await SseClient.OpenAsync(host.Http, "/sessions/s1/sse");

        client.Response.IsSuccessStatusCode.ShouldBeTrue();
    }

    [Theory]
    [InlineData("?fromSequence=2", null)]
    [InlineData("", "2")]
    [InlineData("?fromSequence=0", "2")]
    [InlineData("?fromSequence=2", "")]
    public async Task Invariant_8_a_reconnect_gets_exactly_the_rest(string query, string? lastEventId)
    {
        await using var host = await SessionHost.StartAsync();
        await host.StartRunAsync("s1");
        await host.WriteAsync("s1", "a", "b", "c", "d");
        using (var first = await SseClient.OpenAsync(host.Http, "/sessions/s1/sse"))
        {
            (await first.TakeAsync(2))[^1].Id.ShouldBe("2");
        }
        await host.WriteAsync("s1", "e");
        await host.EndRunAsync("s1");

        var rest = await SseClient.ReadAllAsync(host.Http, "/sessions/s1/sse" + query, lastEventId);

        rest.Select(item => item.Id).ShouldBe(["3", "4", "5", "6", null]);
    }

    [Fact]
    public async Task Invariant_9_a_reader_that_goes_away_cancels_nothing()
    {
        await using var host = await SessionHost.StartAsync();
        await host.StartRunAsync("s1");
        await host.WriteAsync("s1", "a");
        using (var reader = await SseClient.OpenAsync(host.Http, "/sessions/s1/sse"))
        {
            await reader.TakeAsync(1);
        }

        await host.WriteAsync("s1", "b");

        (await host.Http.GetJsonAsync("/sessions/s1/status")).Text("status").ShouldBe("running");
        (await host.Store.ListOpenCommandsAsync(Token)).ShouldBeEmpty();
        await host.EndRunAsync("s1");
        (await SseClient.ReadAllAsync(host.Http, "/sessions/s1/sse"))[^1].Json.Text("status").ShouldBe("completed");
    }

    [Fact]
    public async Task Invariant_7_a_reader_that_follows_sees_the_numbers_go_on_in_the_next_turn()
    {
        await using var host = await SessionHost.StartAsync();
        await host.StartRunAsync("s1");
        using var client = await SseClient.OpenAsync(host.Http, "/sessions/s1/sse?follow=true");
        await host.WriteAsync("s1", "a");
        await host.EndRunAsync("s1");
        var second = await host.StartRunAsync("s1", "again");
        await host.WriteAsync("s1", "b", "c");

        var events = await client.TakeAsync(4);

        events.Select(item => item.Id).ShouldBe(["1", "2", "3", "4"]);
        events[3].Json.GetProperty("chunk").Text("agentId").ShouldBe(second);
    }

    [Fact]
    public async Task Invariant_8_a_position_above_the_log_gets_a_resync_and_then_what_follows()
    {
        await using var host = await SessionHost.StartAsync();
        await host.StartRunAsync("s1");
        await host.WriteAsync("s1", "a", "b");
        using var client = await SseClient.OpenAsync(host.Http, "/sessions/s1/sse?fromSequence=50");

        var resync = (await client.TakeAsync(1))[0];
        await host.WriteAsync("s1", "c");
        var next = (await client.TakeAsync(1))[0];

        resync.Id.ShouldBe("2");
        resync.Json.GetProperty("chunk").Text("type").ShouldBe("stream_resync");
        resync.Json.GetProperty("chunk").GetProperty("snapshotSequence").GetInt64().ShouldBe(2);
        next.Id.ShouldBe("3");
    }

    [Fact]
    public async Task Many_readers_get_the_same_of_a_long_log_stored_and_live()
    {
        await using var host = await SessionHost.StartAsync();
        await host.StartRunAsync("s1");
        string[] deltas = [.. Enumerable.Range(0, 500).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        await host.WriteAsync("s1", deltas);
        await host.WriteAsync("s1", deltas);
        var reading = Enumerable
            .Range(0, 20)
            .Select(i => SseClient.ReadAllAsync(host.Http, $"/sessions/s1/sse?fromSequence={i * 10}"))
            .ToList();
        for (var i = 0; i < 100; i++)
        {
            await host.WriteAsync("s1", "live", "live");
        }
        await host.EndRunAsync("s1");

        for (var i = 0; i < reading.Count; i++)
        {
            var numbers = (await reading[i])
                .SkipLast(1)
                .Select(item => long.Parse(item.Id!, CultureInfo.InvariantCulture));
            numbers.ShouldBe(Enumerable.Range((i * 10) + 1, 1_201 - (i * 10)).Select(number => (long)number));
        }
    }

    [Fact]
    public async Task More_readers_than_the_limit_are_refused()
    {
        await using var host = await SessionHost.StartAsync(configure: services =>
            services.AddSingleton(new EverturnLimits { ConnectionsPerSession = 1 })
        );
        await host.StartRunAsync("s1");
        using var first = await SseClient.OpenAsync(host.Http, "/sessions/s1/sse");

        using var second = await host.Http.GetAsync("/sessions/s1/sse", Token);

        await second.ProblemAsync(429, "too_many_readers");
    }

    [Fact]
    public async Task A_reader_that_takes_nothing_is_dropped_and_the_writer_goes_on()
    {
        var time = new VirtualTimeProvider();
        await using var host = await SessionHost.StartAsync(configure: services =>
            services
                .AddSingleton<TimeProvider>(time)
                .Configure<KestrelServerOptions>(options => options.Limits.MinResponseDataRate = null)
        );
        await host.StartRunAsync("s1");
        using var dead = await SseClient.OpenAsync(host.Http, "/sessions/s1/sse");
        var large = new string('x', 60_000);
        for (var i = 0; i < 200; i++)
        {
            await host.WriteAsync("s1", large, large);
        }
        var streams = host.Services.GetRequiredService<SessionStreams>();
        streams.WatchedSessions.ShouldBe(1);

        await Until.TrueAsync(() =>
        {
            time.Advance(TimeSpan.FromMinutes(1));
            return streams.WatchedSessions == 0;
        });

        (await host.Http.GetJsonAsync("/sessions/s1/status")).Text("status").ShouldBe("running");
    }

    [Fact]
    public async Task A_reader_with_nothing_to_read_hears_that_the_connection_is_alive()
    {
        var time = new VirtualTimeProvider();
        await using var host = await SessionHost.StartAsync(configure: services =>
            services.AddSingleton<TimeProvider>(time)
        );
        await host.StartRunAsync("s1");
        using var response = await host.Http.GetAsync(
            "/sessions/s1/sse",
            HttpCompletionOption.ResponseHeadersRead,
            Token
        );
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Token));

        var line = reader.ReadLineAsync(Token).AsTask();
        await Until.TrueAsync(() =>
        {
            time.Advance(SessionStreams.PollInterval);
            return line.IsCompleted;
        });

        (await line).ShouldBe(": keep-alive");
    }

    [Fact]
    public async Task A_session_that_is_deleted_ends_its_readers()
    {
        await using var host = await SessionHost.StartAsync();
        await host.StartRunAsync("s1");
        await host.EndRunAsync("s1");
        using var client = await SseClient.OpenAsync(host.Http, "/sessions/s1/sse?follow=true&fromSequence=1");
        using var deleted = await host.Http.DeleteAsync("/sessions/s1", Token);

        var end = (await client.TakeAsync(1))[0];

        end.Type.ShouldBe("end");
        end.Json.Text("status").ShouldBe("deleted");
    }

    [Fact]
    public async Task A_host_that_stops_lets_its_readers_go_without_an_end()
    {
        var host = await SessionHost.StartAsync();
        await host.StartRunAsync("s1");
        await host.WriteAsync("s1", "a");
        using var client = await SseClient.OpenAsync(host.Http, "/sessions/s1/sse");
        await client.TakeAsync(1);

        await host.StopAsync();

        (await client.TakeAsync(1)).ShouldBeEmpty();
        await host.DisposeAsync();
    }
}
