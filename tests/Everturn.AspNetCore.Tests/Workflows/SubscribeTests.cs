using System.Globalization;
using Everturn.AspNetCore.Tests.Server;
using Everturn.Testing;
using Everturn.Workflows;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.AspNetCore.Tests;

/// <summary>SU-01 over HTTP: the log of an instance as server-sent events, left and rejoined.</summary>
public sealed class SubscribeTests
{
    private const string Subscribe = PlayedHost.Instances + "/a/subscribe";

    /// <summary>Longer than a test moves its clock.</summary>
    private static readonly WaitForEventOptions Long = new() { Timeout = TimeSpan.FromDays(365) };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SU_01_events_are_numbered_carry_what_happened_and_close_with_the_status()
    {
        await using var host = await PlayedHost.StartAsync(PlayAsync);
        await host.CreateAsync("a", """{"n":1}""");
        using var client = await SseClient.OpenAsync(host.Http, Subscribe);
        await host.StatusAsync("a", "waiting");
        await SendAsync(host);

        var events = await ReadAsync(client);

        client.Response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        client.Response.Headers.CacheControl!.NoCache.ShouldBeTrue();
        events
            .SkipLast(1)
            .ShouldAllBe(item => item.Type == "message" && item.Id == $"{item.Json.GetProperty("eventId")}");
        Numbers(events).ShouldBeInOrder();
        Numbers(events).ShouldBeUnique();
        var types = events.SkipLast(1).Select(item => item.Json.Text("type")).ToList();
        types
            .Where(type => type is not ("workflow_running" or "workflow_waiting"))
            .ShouldBe([
                "workflow_queued",
                "workflow_started",
                "step_started",
                "attempt_started",
                "attempt_completed",
                "step_completed",
                "wait_started",
                "wait_completed",
                "workflow_completed",
            ]);
        var started = events.SkipLast(1).Single(item => item.Json.Text("type") == "workflow_started").Json;
        started.Names().ShouldBe(["instanceId", "eventId", "timestamp", "type", "params"]);
        started.Text("instanceId").ShouldBe("a");
        started.GetProperty("params").ToString().ShouldBe("""{"n":1}""");
        var step = events.SkipLast(1).Single(item => item.Json.Text("type") == "step_completed").Json;
        step.Names()
            .ShouldBe(["instanceId", "eventId", "timestamp", "type", "stepType", "stepName", "stepCount", "output"]);
        step.Text("stepType").ShouldBe("step");
        step.Text("stepName").ShouldBe("one");
        step.Text("output").ShouldBe("first\nline");
        events[^2].Json.Text("output").ShouldBe("first\nline on");
        events[^1].Id.ShouldBeNull();
        events[^1].Type.ShouldBe("end");
        events[^1].Json.ToString().ShouldBe($$"""{"status":"complete","cursor":{{events[^2].Id}}}""");
    }

    [Theory]
    [InlineData("?cursor={0}", null)]
    [InlineData("", "{0}")]
    [InlineData("?cursor=1", "{0}")]
    [InlineData("?cursor={0}", "")]
    public async Task SU_01_a_reader_that_leaves_and_comes_back_gets_exactly_the_rest(string query, string? lastEventId)
    {
        await using var host = await PlayedHost.StartAsync(PlayAsync);
        await host.CreateAsync("a");
        await host.StatusAsync("a", "waiting");
        string cursor;
        using (var first = await SseClient.OpenAsync(host.Http, Subscribe))
        {
            cursor = (await first.TakeAsync(4))[^1].Id!;
        }

        await SendAsync(host);
        await host.StatusAsync("a", "complete");
        var rest = await SseClient.ReadAllAsync(
            host.Http,
            Subscribe + At(query),
            lastEventId is null ? null : At(lastEventId)
        );

        var all = await SseClient.ReadAllAsync(host.Http, Subscribe);
        Numbers(rest).ShouldBe(Numbers(all).SkipWhile(number => $"{number}" != cursor).Skip(1));
        rest[^1].Type.ShouldBe("end");
        // Whoever has it all is told that it is over, and nothing twice.
        var none = await SseClient.ReadAllAsync(host.Http, $"{Subscribe}?cursor={all[^2].Id}");
        none.Select(item => item.Type).ShouldBe(["end"]);

        string At(string text) => string.Format(CultureInfo.InvariantCulture, text, cursor);
    }

    [Fact]
    public async Task SU_01_a_reader_comes_back_to_a_server_that_was_started_again()
    {
        var directory = Directory.CreateTempSubdirectory("everturn-");
        try
        {
            List<SseEvent> before;
            await using (var first = await SqliteAsync(directory.FullName))
            {
                using var created = await first.PostAsync(PlayedHost.Instances, """{"id":"a"}""");
                ((int)created.StatusCode).ShouldBe(201);
                using var reader = await SseClient.OpenAsync(first.Http, Subscribe);
                before = await reader.TakeAsync(6);
            }
            await using var second = await SqliteAsync(directory.FullName);
            using var client = await SseClient.OpenAsync(second.Http, Subscribe, before[^1].Id);
            using var sent = await second.PostAsync(PlayedHost.Instances + "/a/events/go", "\"on\"");

            var after = await ReadAsync(client);

            ((int)sent.StatusCode).ShouldBe(204);
            var all = await SseClient.ReadAllAsync(second.Http, Subscribe);
            Numbers(before).Concat(Numbers(after)).ShouldBe(Numbers(all));
            all.Count(item => item.Type == "message" && item.Json.Text("type") == "attempt_started").ShouldBe(1);
            after[^1].Type.ShouldBe("end");
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task SU_01_a_filter_leaves_out_and_the_end_comes_all_the_same()
    {
        await using var host = await PlayedHost.StartAsync(PlayAsync);
        await host.CreateAsync("a");
        using var client = await SseClient.OpenAsync(host.Http, Subscribe + "?filter=step_completed,wait_completed");
        await host.StatusAsync("a", "waiting");
        await SendAsync(host);

        var events = await ReadAsync(client);

        events
            .Select(item => item.Type == "end" ? "end" : item.Json.Text("type"))
            .ShouldBe(["step_completed", "wait_completed", "end"]);
    }

    [Fact]
    public async Task Headers_arrive_and_a_reader_with_nothing_to_read_hears_that_the_connection_is_alive()
    {
        var time = new VirtualTimeProvider();
        await using var host = await PlayedHost.StartAsync(
            PlayAsync,
            services => services.AddSingleton<TimeProvider>(time)
        );
        await host.CreateAsync("a");
        await host.StatusAsync("a", "waiting");
        using var response = await host.Http.GetAsync(
            Subscribe + "?cursor=1000",
            HttpCompletionOption.ResponseHeadersRead,
            Token
        );
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Token));

        var line = reader.ReadLineAsync(Token).AsTask();
        await Until.TrueAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(15));
            return line.IsCompleted;
        });

        (await line).ShouldBe(": keep-alive");
    }

    [Fact]
    public async Task Invariant_9_a_reader_that_goes_away_or_is_dead_changes_nothing()
    {
        await using var host = await PlayedHost.StartAsync(PlayAsync);
        await host.CreateAsync("a");
        using (var reader = await SseClient.OpenAsync(host.Http, Subscribe))
        {
            await reader.TakeAsync(2);
        }

        await host.StatusAsync("a", "waiting");
        await SendAsync(host);

        (await host.StatusAsync("a", "complete")).Text("output").ShouldBe("first\nline on");
    }

    [Fact]
    public async Task A_reader_that_takes_nothing_is_dropped_and_the_instance_goes_on()
    {
        var time = new VirtualTimeProvider();
        var open = new OpenRequests("/subscribe");
        var large = new string('x', 500_000);
        await using var host = await PlayedHost.StartAsync(
            async (_, step) =>
            {
                for (var i = 0; i < 40; i++)
                {
                    await step.DoAsync("large", _ => Task.FromResult(large));
                }
                return (await step.WaitForEventAsync<string>("go", Long)).Payload;
            },
            services =>
                services
                    .AddSingleton<TimeProvider>(time)
                    .AddSingleton<IStartupFilter>(open)
                    .Configure<KestrelServerOptions>(options => options.Limits.MinResponseDataRate = null)
        );
        await host.CreateAsync("a");
        await Until.TrueAsync(() => IsAsync("waiting"));
        using var dead = await SseClient.OpenAsync(host.Http, Subscribe);
        open.Count.ShouldBe(1);

        await Until.TrueAsync(() =>
        {
            time.Advance(TimeSpan.FromMinutes(1));
            return open.Count == 0;
        });
        await SendAsync(host);

        await Until.TrueAsync(() => IsAsync("complete"));

        // The list leaves out the large results.
        async Task<bool> IsAsync(string status) =>
            (await host.Http.GetJsonAsync(PlayedHost.Instances + "?status=" + status))
                .GetProperty("instances")
                .GetArrayLength() == 1;
    }

    [Fact]
    public async Task An_instance_that_is_deleted_ends_its_readers()
    {
        await using var host = await PlayedHost.StartAsync(PlayAsync);
        await host.CreateAsync("a");
        await host.StatusAsync("a", "waiting");
        using var client = await SseClient.OpenAsync(host.Http, Subscribe);
        using var deleted = await host.Http.DeleteAsync(new Uri(PlayedHost.Instances + "/a", UriKind.Relative), Token);

        var events = await ReadAsync(client);

        events[^1].Type.ShouldBe("end");
        events[^1].Json.Text("status").ShouldBe("deleted");
    }

    [Fact]
    public async Task An_instance_that_is_restarted_goes_on_in_its_numbers()
    {
        await using var host = await PlayedHost.StartAsync(PlayAsync);
        await host.CreateAsync("a");
        await host.StatusAsync("a", "waiting");
        await SendAsync(host);
        await host.StatusAsync("a", "complete");
        var before = await SseClient.ReadAllAsync(host.Http, Subscribe);

        using var restarted = await host.PatchAsync("a", """{"status":"restart"}""");
        await SendAsync(host);
        await host.StatusAsync("a", "complete");
        var after = await SseClient.ReadAllAsync(host.Http, $"{Subscribe}?cursor={before[^2].Id}");

        after[0].Json.Text("type").ShouldBe("workflow_queued");
        after[^2].Json.Text("type").ShouldBe("workflow_completed");
        after[^1].Json.Text("status").ShouldBe("complete");
        Numbers(after).First().ShouldBeGreaterThan(Numbers(before).Last());
    }

    [Fact]
    public async Task A_host_that_stops_lets_its_readers_go_without_an_end()
    {
        var host = await PlayedHost.StartAsync(PlayAsync);
        await host.CreateAsync("a");
        await host.StatusAsync("a", "waiting");
        using var client = await SseClient.OpenAsync(host.Http, Subscribe);
        await client.TakeAsync(2);

        await host.StopAsync();

        (await ReadAsync(client)).ShouldNotContain(item => item.Type == "end");
        await host.DisposeAsync();
    }

    private static async Task<string> PlayAsync(WorkflowEvent<Dictionary<string, int>?> trigger, WorkflowStep step)
    {
        var one = await step.DoAsync("one", _ => Task.FromResult("first\nline"));
        return $"{one} {(await step.WaitForEventAsync<string>("go", Long)).Payload}";
    }

    private static Task<ServerHost> SqliteAsync(string path) =>
        ServerHost.BuildAsync(builder =>
        {
            builder.Services.AddSingleton<PlayedWorkflow.Body>(PlayAsync);
            builder.UseSqlite(o => o.DataDirectory = path).AddWorkflow<PlayedWorkflow>();
        });

    private static async Task SendAsync(SessionHost host)
    {
        using var sent = await host.Http.PostJsonAsync(PlayedHost.Instances + "/a/events/go", "\"on\"");
        ((int)sent.StatusCode).ShouldBe(204);
    }

    private static async Task<List<SseEvent>> ReadAsync(SseClient client)
    {
        var events = new List<SseEvent>();
        await foreach (var item in client.EventsAsync(Token))
        {
            events.Add(item);
        }
        return events;
    }

    private static List<long> Numbers(IEnumerable<SseEvent> events) =>
        [
            .. events
                .Where(item => item.Id is not null)
                .Select(item => long.Parse(item.Id!, CultureInfo.InvariantCulture)),
        ];
}
