using System.Text.Json;
using Everturn.Agents;
using Everturn.Testing;
using Everturn.Testing.Models;
using Everturn.Workflows;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.AspNetCore.Tests;

/// <summary>What the routes of instances answer, field by field.</summary>
public sealed class InstanceRouteTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_instance_is_created_and_told_of_field_by_field()
    {
        await using var host = await PlayedHost.StartAsync(
            async (trigger, step) =>
            {
                var doubled = await step.DoAsync("double", _ => Task.FromResult(trigger.Payload!["n"] * 2));
                var got = await step.WaitForEventAsync<int>("answer", "answered");
                return $"{doubled} {got.Payload}";
            }
        );

        using var created = await host.Http.PostJsonAsync(
            PlayedHost.Instances,
            """{"id":"a","params":{"n":21},"retention":{"successRetention":"3 days","errorRetention":5000}}"""
        );

        ((int)created.StatusCode).ShouldBe(201);
        created.Headers.Location!.ToString().ShouldBe("/workflows/played/instances/a");
        var instance = await created.JsonAsync();
        instance.Names().ShouldBe(["id", "workflow", "status", "versionId", "trigger", "queued", "start"]);
        instance.Text("workflow").ShouldBe("played");
        instance.GetProperty("versionId").GetInt32().ShouldBe(3);
        instance.GetProperty("trigger").ToString().ShouldBe("""{"source":"api"}""");

        var waiting = await host.StatusAsync("a", "waiting");
        waiting.GetProperty("params").ToString().ShouldBe("""{"n":21}""");
        waiting.TryGetProperty("success", out _).ShouldBeFalse();
        var steps = waiting.GetProperty("steps").EnumerateArray().ToList();
        steps.Count.ShouldBe(2);
        steps[0].Names().ShouldBe(["type", "name", "count", "status", "start", "end", "success", "output", "attempts"]);
        steps[0].Text("type").ShouldBe("step");
        steps[0].Text("name").ShouldBe("double");
        steps[0].Text("status").ShouldBe("completed");
        steps[0].GetProperty("output").GetInt32().ShouldBe(42);
        steps[0].GetProperty("attempts")[0].Names().ShouldBe(["attempt", "start", "end", "success"]);
        steps[1].Names().ShouldBe(["type", "name", "count", "status", "start", "dueAt", "eventType"]);
        steps[1].Text("type").ShouldBe("waitForEvent");
        steps[1].Text("status").ShouldBe("waiting");
        steps[1].Text("eventType").ShouldBe("answered");

        using var early = await host.Http.PostJsonAsync($"{PlayedHost.Instances}/a/events/unknown", "[1]");
        ((int)early.StatusCode).ShouldBe(204);
        var pending = (await host.GetAsync("a")).GetProperty("pendingEvents");
        pending.GetArrayLength().ShouldBe(1);
        pending[0].Names().ShouldBe(["sequence", "type", "sentAt"]);
        pending[0].Text("type").ShouldBe("unknown");
        using var sent = await host.Http.PostJsonAsync($"{PlayedHost.Instances}/a/events/answered", "7");
        ((int)sent.StatusCode).ShouldBe(204);

        var complete = await host.StatusAsync("a", "complete");
        complete
            .Names()
            .ShouldBe(
                [
                    "params",
                    "output",
                    "steps",
                    "pendingEvents",
                    "asOf",
                    "id",
                    "workflow",
                    "status",
                    "versionId",
                    "trigger",
                    "queued",
                    "start",
                    "end",
                    "expiresAt",
                    "success",
                ],
                ignoreOrder: true
            );
        complete.Text("output").ShouldBe("42 7");
        complete.GetProperty("success").GetBoolean().ShouldBeTrue();
        var kept =
            complete.GetProperty("expiresAt").GetDateTimeOffset() - complete.GetProperty("end").GetDateTimeOffset();
        kept.ShouldBe(TimeSpan.FromDays(3));
    }

    [Fact]
    public async Task A_failing_step_shows_its_attempts_and_the_instance_its_error()
    {
        await using var host = await PlayedHost.StartAsync(
            async (_, step) =>
            {
                await step.DoAsync(
                    "call",
                    new()
                    {
                        Retries = new() { Limit = 1, Delay = TimeSpan.FromMilliseconds(5) },
                    },
                    _ => throw new InvalidOperationException("no answer")
                );
                return "";
            }
        );

        await host.CreateAsync("a");

        var errored = await host.StatusAsync("a", "errored");
        errored.GetProperty("success").GetBoolean().ShouldBeFalse();
        errored.GetProperty("error").Names().ShouldBe(["name", "message"]);
        errored.GetProperty("error").Text("message").ShouldBe("no answer");
        var step = errored.GetProperty("steps")[0];
        step.Text("status").ShouldBe("errored");
        step.GetProperty("success").GetBoolean().ShouldBeFalse();
        step.GetProperty("error").Text("name").ShouldBe("InvalidOperationException");
        var attempts = step.GetProperty("attempts");
        attempts.GetArrayLength().ShouldBe(2);
        attempts[0].GetProperty("success").GetBoolean().ShouldBeFalse();
        attempts[0].GetProperty("retryDelayMs").GetInt64().ShouldBe(5);
        attempts[1].GetProperty("attempt").GetInt32().ShouldBe(2);
        attempts[1].TryGetProperty("retryDelayMs", out _).ShouldBeFalse();
        // The list has what is needed to find it, and no steps.
        var listed = (await host.Http.GetJsonAsync(PlayedHost.Instances + "?status=errored")).GetProperty("instances")[
            0
        ];
        listed.GetProperty("error").Text("message").ShouldBe("no answer");
        listed.TryGetProperty("steps", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Without_a_body_an_instance_has_no_parameters_and_an_id_is_made()
    {
        await using var host = await PlayedHost.StartAsync(
            (trigger, _) => Task.FromResult($"{trigger.Payload is null}")
        );

        using var created = await host.Http.PostAsync(PlayedHost.Instances, content: null, Token);

        ((int)created.StatusCode).ShouldBe(201);
        var id = (await created.JsonAsync()).Text("id");
        var complete = await host.StatusAsync(id, "complete");
        complete.TryGetProperty("params", out _).ShouldBeFalse();
        complete.Text("output").ShouldBe("True");
        complete.GetProperty("steps").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_create_that_is_repeated_with_its_request_id_gives_the_same_instance(bool inHeader)
    {
        var runs = 0;
        await using var host = await PlayedHost.StartAsync(
            (_, _) => Task.FromResult($"{Interlocked.Increment(ref runs)}")
        );
        var body = inHeader ? """{"id":"a"}""" : """{"id":"a","requestId":"r1"}""";
        (string, string)[] headers = inHeader ? [("Idempotency-Key", "r1")] : [];

        for (var i = 0; i < 3; i++)
        {
            using var created = await host.Http.PostJsonAsync(PlayedHost.Instances, body, headers);
            ((int)created.StatusCode).ShouldBe(201);
            (await created.JsonAsync()).Text("id").ShouldBe("a");
            (await host.StatusAsync("a", "complete")).Text("output").ShouldBe("1");
        }
        using var other = await host.Http.PostJsonAsync(PlayedHost.Instances, """{"id":"a","requestId":"r2"}""");

        var problem = await other.ProblemAsync(409, "instance_already_exists", "id");
        problem.Text("detail").ShouldBe("(instance.already_exists) Workflow instance with id \"a\" already exists");
        problem.Text("workflow").ShouldBe("played");
        problem.Text("instanceId").ShouldBe("a");
    }

    [Fact]
    public async Task A_request_id_with_other_parameters_is_refused_and_changes_nothing()
    {
        await using var host = await PlayedHost.StartAsync((trigger, _) => Task.FromResult($"{trigger.Payload?["n"]}"));
        string[] bodies =
        [
            """{"id":"a","requestId":"r1","params":{"n":1,"m":2}}""",
            """{"id":"a","requestId":"r1","params":{ "m": 2, "n": 1 }}""",
        ];
        foreach (var body in bodies)
        {
            using var created = await host.Http.PostJsonAsync(PlayedHost.Instances, body);
            ((int)created.StatusCode).ShouldBe(201);
        }
        foreach (var other in new[] { ""","params":{"n":2,"m":2}""", "" })
        {
            using var refused = await host.Http.PostJsonAsync(
                PlayedHost.Instances,
                $$"""{"id":"a","requestId":"r1"{{other}}}"""
            );
            await refused.ProblemAsync(422, "request_conflict", "requestId");
        }

        (await host.StatusAsync("a", "complete")).Text("output").ShouldBe("1");
    }

    [Fact]
    public async Task A_batch_creates_what_is_new_and_deletes_each_for_itself()
    {
        await using var host = await PlayedHost.StartAsync((trigger, _) => Task.FromResult($"{trigger.Payload?["n"]}"));
        await host.CreateAsync("b");

        using var created = await host.Http.PostJsonAsync(
            PlayedHost.Instances + "/batch",
            """[{"id":"a","params":{"n":1}},{"id":"b"},{"id":"c","params":{"n":3}},{"id":"a"}]"""
        );
        ((int)created.StatusCode).ShouldBe(201);
        (await created.JsonAsync())
            .GetProperty("instances")
            .EnumerateArray()
            .Select(instance => instance.Text("id"))
            .ShouldBe(["a", "c"]);
        (await host.StatusAsync("c", "complete")).Text("output").ShouldBe("3");

        using var deleted = await host.Http.PostJsonAsync(
            PlayedHost.Instances + "/batch/delete",
            """["a","none","a","b"]"""
        );
        ((int)deleted.StatusCode).ShouldBe(200);
        (await deleted.JsonAsync())
            .ToString()
            .ShouldBe(
                """
                {"deleted":[{"id":"a"},{"id":"a"},{"id":"b"}],"errors":[{"id":"none","code":10400,"message":"workflows.api.error.instance.not_found"}]}
                """
            );
        (await IdsAsync(host, "")).ShouldBe(["c"]);
    }

    [Fact]
    public async Task Lists_are_filtered_and_paged_by_cursor_newest_first()
    {
        var time = new VirtualTimeProvider();
        await using var host = await PlayedHost.StartAsync(
            async (trigger, step) =>
            {
                if (trigger.Payload is null)
                {
                    await step.WaitForEventAsync<int>("wait");
                }
                return "done";
            },
            services => services.AddSingleton<TimeProvider>(time)
        );
        foreach (var id in new[] { "x1", "x2", "y1", "y2", "y3" })
        {
            await host.CreateAsync(id, id == "x2" ? "{}" : "null");
            time.Advance(TimeSpan.FromMinutes(1));
        }
        await host.StatusAsync("x2", "complete");
        await host.StatusAsync("y3", "waiting");
        var first = (await host.GetAsync("x1")).GetProperty("queued").GetDateTimeOffset();

        (await IdsAsync(host, "")).ShouldBe(["y3", "y2", "y1", "x2", "x1"]);
        (await IdsAsync(host, "?status=complete")).ShouldBe(["x2"]);
        (await IdsAsync(host, "?idPrefix=x")).ShouldBe(["x2", "x1"]);
        (await IdsAsync(host, $"?createdFrom={first.AddMinutes(2):yyyy-MM-ddTHH:mm:ssZ}")).ShouldBe(["y3", "y2", "y1"]);
        (await IdsAsync(host, $"?createdBefore={first.AddMinutes(2):yyyy-MM-ddTHH:mm:ssZ}")).ShouldBe(["x2", "x1"]);
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await host.Http.GetJsonAsync(
                PlayedHost.Instances + "?limit=2" + (cursor is null ? "" : "&cursor=" + cursor)
            );
            seen.AddRange(page.GetProperty("instances").EnumerateArray().Select(instance => instance.Text("id")));
            cursor = page.TryGetProperty("nextCursor", out var next) ? next.GetString() : null;
            page.GetProperty("hasMore").GetBoolean().ShouldBe(cursor is not null);
        } while (cursor is not null);
        seen.ShouldBe(["y3", "y2", "y1", "x2", "x1"]);
    }

    [Fact]
    public async Task Workflows_say_their_version_schedules_limits_and_how_many_instances_have_which_status()
    {
        await using var host = await PlayedHost.StartAsync(
            (_, _) => Task.FromResult("done"),
            services =>
                services
                    .AddSingleton<IChatClient>(new ScriptedChatClient())
                    .AddEverturn()
                    .AddAgent(AgentDefinition.Create("writer").Build()),
            options =>
            {
                options.ConcurrencyLimit = 7;
                options.Schedules.Add(new("0 3 * * *"));
                options.Retention = new() { Success = TimeSpan.FromHours(1), Error = null };
            }
        );
        await host.CreateAsync("a");
        await host.StatusAsync("a", "complete");

        var list = await host.Http.GetJsonAsync("/workflows");
        var all = await host.Http.GetJsonAsync("/workflows?agents=true");
        var one = await host.Http.GetJsonAsync("/workflows/played");

        list.GetProperty("workflows").GetArrayLength().ShouldBe(1);
        one.ToString()
            .ShouldBe(
                """
                {"name":"played","versionId":3,"concurrencyLimit":7,"schedules":["0 3 * * *"],"retention":{"successRetention":3600000},"instances":{"complete":1}}
                """
            );
        list.GetProperty("workflows")[0].ToString().ShouldBe(one.ToString());
        var agent = all.GetProperty("workflows")[0];
        agent.Text("name").ShouldBe("agent__writer");
        agent.GetProperty("carriesAgent").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task What_carries_a_run_of_an_agent_can_be_read()
    {
        await using var host = await PlayedHost.StartAsync(
            (_, _) => Task.FromResult("done"),
            services =>
                services
                    .AddSingleton<IChatClient>(new ScriptedChatClient(ScriptedReply.Text("Hello.")))
                    .AddEverturn()
                    .AddAgent(AgentDefinition.Create("writer").Build())
        );
        using var started = await host.Http.PostJsonAsync("/sessions/s:1/start", SessionHost.Body("s:1"));
        ((int)started.StatusCode).ShouldBe(200);
        var id = started.Headers.GetValues("Everturn-Instance-Id").Single();
        await SseClient.ReadAllAsync(host.Http, "/sessions/s:1/sse");

        var list = await host.Http.GetJsonAsync("/workflows/agent__writer/instances");
        var instance = await host.Http.GetJsonAsync($"/workflows/agent__writer/instances/{Uri.EscapeDataString(id)}");

        list.GetProperty("instances").EnumerateArray().Select(one => one.Text("id")).ShouldBe([id]);
        instance.Text("id").ShouldBe(id);
        instance.Text("workflow").ShouldBe("agent__writer");
    }

    [Fact]
    public async Task An_instance_of_a_schedule_has_an_id_with_slashes_and_is_addressed_percent_encoded()
    {
        var time = new VirtualTimeProvider();
        await using var host = await PlayedHost.StartAsync(
            (trigger, _) => Task.FromResult($"{trigger.Schedule!.Cron}"),
            services => services.AddSingleton<TimeProvider>(time),
            options => options.Schedules.Add(new("*/5 * * * *"))
        );
        var listed = default(JsonElement);
        await Until.TrueAsync(async () =>
        {
            time.Advance(TimeSpan.FromMinutes(1));
            listed = (await host.Http.GetJsonAsync(PlayedHost.Instances)).GetProperty("instances");
            return listed.GetArrayLength() > 0;
        });
        var id = listed[0].Text("id");

        id.ShouldStartWith("*/5 * * * *-");
        var instance = await host.StatusAsync(Uri.EscapeDataString(id), "complete");

        instance.Text("id").ShouldBe(id);
        instance.Text("output").ShouldBe("*/5 * * * *");
        instance.GetProperty("trigger").Names().ShouldBe(["source", "cron", "scheduledTime"]);
        instance.GetProperty("trigger").Text("source").ShouldBe("cron");
        using var deleted = await host.Http.DeleteAsync(
            new Uri($"{PlayedHost.Instances}/{Uri.EscapeDataString(id)}", UriKind.Relative),
            Token
        );
        ((int)deleted.StatusCode).ShouldBe(204);
    }

    [Fact]
    public async Task A_deleted_instance_is_gone_and_its_id_free()
    {
        await using var host = await PlayedHost.StartAsync((_, step) => WaitAsync(step));
        await host.CreateAsync("a");
        await host.StatusAsync("a", "waiting");

        using var deleted = await host.Http.DeleteAsync(new Uri(PlayedHost.Instances + "/a", UriKind.Relative), Token);
        using var gone = await host.Http.GetAsync(PlayedHost.Instances + "/a", Token);

        ((int)deleted.StatusCode).ShouldBe(204);
        (await gone.ProblemAsync(404, "instance_not_found"))
            .Text("detail")
            .ShouldBe("(instance.not_found) Instance does not exist");
        await host.CreateAsync("a");
    }

    private static async Task<string> WaitAsync(WorkflowStep step) =>
        (await step.WaitForEventAsync<string>("wait")).Payload;

    private static async Task<string[]> IdsAsync(SessionHost host, string query) =>
        [
            .. (await host.Http.GetJsonAsync(PlayedHost.Instances + query))
                .GetProperty("instances")
                .EnumerateArray()
                .Select(instance => instance.Text("id")),
        ];
}
