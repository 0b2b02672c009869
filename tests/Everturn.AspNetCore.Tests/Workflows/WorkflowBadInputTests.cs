using Everturn.Agents;
using Everturn.Testing.Models;
using Everturn.Workflows;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.AspNetCore.Tests;

/// <summary>Invariant 11 on the routes of workflows: bad input gets a problem that names the field, and changes nothing.</summary>
public sealed class WorkflowBadInputTests
{
    private const string Instance = PlayedHost.Instances + "/a";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Method, path, body; status, code and field of the answer.</summary>
    public static TheoryData<string, string, string?, int, string, string?> Requests() =>
        new()
        {
            // Bodies
            { "POST", PlayedHost.Instances, "{", 400, "malformed_json", "body" },
            { "POST", PlayedHost.Instances, "[]", 400, "invalid_input", "body" },
            { "POST", PlayedHost.Instances, "null", 400, "invalid_input", "body" },
            { "POST", PlayedHost.Instances, """{"id":1}""", 400, "invalid_input", "id" },
            { "POST", PlayedHost.Instances, """{"id":"b","id":"c"}""", 400, "invalid_input", "id" },
            { "POST", PlayedHost.Instances, "{\"id\":\"\\ud800\"}", 400, "malformed_json", "body" },
            { "POST", PlayedHost.Instances + "/batch", "{}", 400, "invalid_input", "body" },
            { "POST", PlayedHost.Instances + "/batch", "[null]", 400, "invalid_input", "[0]" },
            { "POST", PlayedHost.Instances + "/batch", """[{"id":"b"},{"id":7}]""", 400, "invalid_input", "[1].id" },
            { "POST", PlayedHost.Instances + "/batch", "", 400, "malformed_json", "body" },
            { "PATCH", Instance + "/status", "", 400, "malformed_json", "body" },
            { "PATCH", Instance + "/status", "{}", 400, "invalid_input", "status" },
            { "POST", Instance + "/events/go", "{\"a\":", 400, "malformed_json", "body" },
            // Ids and names (WF-04)
            { "POST", PlayedHost.Instances, """{"id":"#invalid!"}""", 400, "invalid_input", "id" },
            { "POST", PlayedHost.Instances, """{"id":""}""", 400, "invalid_input", "id" },
            { "POST", PlayedHost.Instances, """{"id":"-a"}""", 400, "invalid_input", "id" },
            { "POST", PlayedHost.Instances, """{"id":"../a"}""", 400, "invalid_input", "id" },
            { "POST", PlayedHost.Instances, """{"id":"*/5 * * * *-1767225600000"}""", 400, "invalid_input", "id" },
            { "POST", PlayedHost.Instances, $$"""{"id":"{{new string('a', 101)}}"}""", 400, "invalid_input", "id" },
            // WF-11: nothing of the batch is created
            {
                "POST",
                PlayedHost.Instances + "/batch",
                """[{"id":"b"},{"id":"not good"}]""",
                400,
                "invalid_input",
                "[1].id"
            },
            { "GET", PlayedHost.Instances + "/%0A", null, 400, "invalid_input", "id" },
            { "GET", PlayedHost.Instances + "/a%27%20OR%201%3D1", null, 400, "invalid_input", "id" },
            { "GET", PlayedHost.Instances + "/" + new string('a', 301), null, 400, "invalid_input", "id" },
            { "DELETE", PlayedHost.Instances + "/%E2%80%AE", null, 400, "invalid_input", "id" },
            { "GET", "/workflows/no%20name", null, 400, "invalid_input", "workflow" },
            { "GET", "/workflows/-x/instances", null, 400, "invalid_input", "workflow" },
            { "POST", "/workflows/a.b/instances", "{}", 400, "invalid_input", "workflow" },
            { "POST", Instance + "/events/a.b", "1", 400, "invalid_input", "type" },
            { "POST", Instance + "/events/-a", "1", 400, "invalid_input", "type" },
            { "POST", Instance + "/events/" + new string('a', 101), "1", 400, "invalid_input", "type" },
            // Batches (WF-07, WF-16)
            { "POST", PlayedHost.Instances + "/batch", "[]", 400, "invalid_input", "body" },
            { "POST", PlayedHost.Instances + "/batch", Many(101, "{}"), 400, "invalid_input", "body" },
            {
                "POST",
                PlayedHost.Instances + "/batch",
                """[{"requestId":"r"}]""",
                400,
                "invalid_input",
                "[0].requestId"
            },
            { "POST", PlayedHost.Instances + "/batch/delete", "[]", 400, "invalid_input", "body" },
            { "POST", PlayedHost.Instances + "/batch/delete", Many(101, "\"a\""), 400, "invalid_input", "body" },
            { "POST", PlayedHost.Instances + "/batch/delete", """["a","!"]""", 400, "invalid_input", "ids" },
            { "POST", PlayedHost.Instances + "/batch/delete", """["a",null]""", 400, "invalid_input", "[1]" },
            { "POST", PlayedHost.Instances + "/batch/delete", """["a",1]""", 400, "invalid_input", "[1]" },
            // Sizes
            { "POST", PlayedHost.Instances, $$"""{"params":{{Text(1_048_577)}}}""", 400, "invalid_input", "params" },
            { "POST", PlayedHost.Instances, $$"""{"x":{{Text(2_000_000)}}}""", 413, "payload_too_large", "body" },
            { "POST", Instance + "/events/go", Text(1_048_577), 413, "payload_too_large", "body" },
            // Parameters that the workflow cannot read
            { "POST", PlayedHost.Instances, """{"params":{"n":"x"}}""", 400, "invalid_input", "params.n" },
            { "POST", PlayedHost.Instances, """{"params":[1]}""", 400, "invalid_input", "params" },
            {
                "POST",
                PlayedHost.Instances + "/batch",
                """[{"params":{"n":1}},{"params":{"n":{}}}]""",
                400,
                "invalid_input",
                "[1].params.n"
            },
            // Retention
            { "POST", PlayedHost.Instances, Retention("-1"), 400, "invalid_input", "retention.successRetention" },
            { "POST", PlayedHost.Instances, Retention("\"soon\""), 400, "invalid_input", "retention.successRetention" },
            { "POST", PlayedHost.Instances, Retention("true"), 400, "invalid_input", "retention.successRetention" },
            { "POST", PlayedHost.Instances, Retention("\"9000 years\""), 400, "invalid_input", "retention" },
            { "POST", PlayedHost.Instances, Retention("1e300"), 400, "invalid_input", "retention.successRetention" },
            // Request ids
            { "POST", PlayedHost.Instances, """{"requestId":"r1"}""", 400, "invalid_input", "id" },
            { "POST", PlayedHost.Instances, """{"id":"b","requestId":""}""", 400, "invalid_input", "requestId" },
            // Changes
            { "PATCH", Instance + "/status", """{"status":"paused"}""", 400, "invalid_input", "status" },
            {
                "PATCH",
                Instance + "/status",
                """{"status":"pause","rollback":true}""",
                400,
                "invalid_input",
                "rollback"
            },
            {
                "PATCH",
                Instance + "/status",
                """{"status":"terminate","from":{"name":"x"}}""",
                400,
                "invalid_input",
                "from"
            },
            { "PATCH", Instance + "/status", Restart("{}"), 400, "invalid_input", "from.name" },
            { "PATCH", Instance + "/status", Restart("\"x\""), 400, "invalid_input", "from" },
            { "PATCH", Instance + "/status", Restart("""{"name":"a\tb"}"""), 400, "invalid_input", "from.name" },
            { "PATCH", Instance + "/status", Restart("""{"name":""}"""), 400, "invalid_input", "from.name" },
            {
                "PATCH",
                Instance + "/status",
                Restart($$"""{"name":"{{new string('n', 257)}}"}"""),
                400,
                "invalid_input",
                "from.name"
            },
            {
                "PATCH",
                Instance + "/status",
                Restart("""{"name":"x","count":0}"""),
                400,
                "invalid_input",
                "from.count"
            },
            {
                "PATCH",
                Instance + "/status",
                Restart("""{"name":"x","type":"y"}"""),
                400,
                "invalid_input",
                "from.type"
            },
            // Queries
            { "GET", PlayedHost.Instances + "?limit=0", null, 400, "invalid_input", "limit" },
            { "GET", PlayedHost.Instances + "?limit=1001", null, 400, "invalid_input", "limit" },
            { "GET", PlayedHost.Instances + "?status=done", null, 400, "invalid_input", "status" },
            { "GET", PlayedHost.Instances + "?status=unknown", null, 400, "invalid_input", "status" },
            { "GET", PlayedHost.Instances + "?createdFrom=yesterday", null, 400, "invalid_input", "createdFrom" },
            { "GET", PlayedHost.Instances + "?createdBefore=", null, 400, "invalid_input", "createdBefore" },
            { "GET", PlayedHost.Instances + "?cursor=nonsense", null, 400, "invalid_input", "cursor" },
            { "GET", PlayedHost.Instances + "?cursor=" + Cursor("", "other"), null, 400, "invalid_input", "cursor" },
            {
                "GET",
                PlayedHost.Instances + "?cursor=" + Cursor("acme", "played"),
                null,
                400,
                "invalid_input",
                "cursor"
            },
            { "GET", "/workflows?agents=perhaps", null, 400, "invalid_input", "agents" },
            { "GET", Instance + "/subscribe?cursor=-1", null, 400, "invalid_input", "cursor" },
            { "GET", Instance + "/subscribe?cursor=99999999999999999999", null, 400, "invalid_input", "cursor" },
            { "GET", Instance + "/subscribe?cursor=x", null, 400, "invalid_input", "cursor" },
            { "GET", Instance + "/subscribe?filter=step_finished", null, 400, "invalid_input", "filter" },
            { "GET", Instance + "/subscribe?filter=step_started,", null, 400, "invalid_input", "filter" },
            // What is not there
            { "POST", "/workflows/unknown/instances", "{}", 404, "workflow_not_found", null },
            { "POST", "/workflows/unknown/instances/batch", "[{}]", 404, "workflow_not_found", null },
            { "GET", "/workflows/unknown", null, 404, "workflow_not_found", null },
            { "GET", "/workflows/unknown/instances", null, 404, "workflow_not_found", null },
            { "GET", PlayedHost.Instances + "/none", null, 404, "instance_not_found", null },
            { "DELETE", PlayedHost.Instances + "/none", null, 404, "instance_not_found", null },
            { "GET", PlayedHost.Instances + "/none/subscribe", null, 404, "instance_not_found", null },
            { "POST", PlayedHost.Instances + "/none/events/go", "1", 404, "instance_not_found", null },
            {
                "PATCH",
                PlayedHost.Instances + "/none/status",
                """{"status":"pause"}""",
                404,
                "instance_not_found",
                null
            },
            { "GET", "/workflows/played/nothing", null, 404, "not_found", null },
            { "PUT", Instance, "{}", 405, "method_not_allowed", null },
            { "PATCH", PlayedHost.Instances, "{}", 405, "method_not_allowed", null },
            // What its state does not allow
            { "POST", PlayedHost.Instances, """{"id":"a"}""", 409, "instance_already_exists", "id" },
            { "POST", Instance + "/events/go", "1", 409, "instance_finished", null },
            { "PATCH", Instance + "/status", """{"status":"pause"}""", 409, "instance_finished", null },
            { "PATCH", Instance + "/status", """{"status":"terminate"}""", 409, "instance_finished", null },
            { "PATCH", Instance + "/status", Restart("""{"name":"none"}"""), 409, "instance_conflict", null },
            // Runs of agents (decision 0003)
            { "POST", "/workflows/agent__writer/instances", "{}", 409, "controlled_elsewhere", null },
            { "POST", "/workflows/agent__nobody/instances", "{}", 409, "controlled_elsewhere", null },
            { "POST", "/workflows/agent__writer/instances/batch", "[{}]", 409, "controlled_elsewhere", null },
            { "POST", "/workflows/agent__writer/instances/batch/delete", "[\"a\"]", 409, "controlled_elsewhere", null },
            { "DELETE", "/workflows/agent__writer/instances/a", null, 409, "controlled_elsewhere", null },
            { "POST", "/workflows/agent__writer/instances/a/events/go", "1", 409, "controlled_elsewhere", null },
            {
                "PATCH",
                "/workflows/agent__writer/instances/a/status",
                """{"status":"terminate"}""",
                409,
                "controlled_elsewhere",
                null
            },
        };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Invariant_11_a_request_that_is_refused_names_the_field_and_changes_nothing(
        string method,
        string path,
        string? body,
        int status,
        string code,
        string? field
    )
    {
        await using var host = await StartAsync();
        var before = await host.InstancesAsync();

        using var response = await PlayedHost.SendAsync(host.Http, method, path, body);

        await response.ProblemAsync(status, code, field);
        (await host.InstancesAsync()).ShouldBe(before);
        before.ShouldContain("played/a complete");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/json; charset=utf-16")]
    public async Task Invariant_11_a_payload_that_is_not_json_is_refused(string? contentType)
    {
        await using var host = await StartAsync();
        var before = await host.InstancesAsync();

        using var sent = await host.Http.PostBytesAsync(Instance + "/events/go", "1"u8.ToArray(), contentType);
        using var created = await host.Http.PostBytesAsync(PlayedHost.Instances, "{}"u8.ToArray(), contentType);

        await sent.ProblemAsync(415, "unsupported_media_type", "Content-Type");
        await created.ProblemAsync(415, "unsupported_media_type", "Content-Type");
        (await host.InstancesAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Invariant_11_a_bad_last_event_id_is_refused()
    {
        await using var host = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, Instance + "/subscribe");
        request.Headers.TryAddWithoutValidation("Last-Event-ID", "abc");

        using var response = await host.Http.SendAsync(request, Token);

        await response.ProblemAsync(400, "invalid_input", "Last-Event-ID");
    }

    [Theory]
    [InlineData("0 ms", true)]
    [InlineData("36500 days", true)]
    [InlineData("36501 days", false)]
    public async Task A_retention_is_at_most_what_makes_a_date(string retention, bool isGood)
    {
        await using var host = await StartAsync();
        var time = retention == "0 ms" ? "0" : $"\"{retention}\"";

        using var response = await host.Http.PostJsonAsync(
            PlayedHost.Instances,
            $$$"""{"id":"b","retention":{"successRetention":{{{time}}}}}"""
        );

        ((int)response.StatusCode).ShouldBe(isGood ? 201 : 400);
    }

    [Fact]
    public async Task Invariant_11_parameters_that_their_own_type_refuses_change_nothing()
    {
        await using var host = await SessionHost.StartAsync(configure: services =>
            services.AddEverturn().AddWorkflow<PickyWorkflow>()
        );

        using var refused = await host.Http.PostJsonAsync("/workflows/picky/instances", """{"params":{"count":-1}}""");
        using var taken = await host.Http.PostJsonAsync("/workflows/picky/instances", """{"params":{"count":1}}""");

        var problem = await refused.ProblemAsync(400, "invalid_input", "params");
        problem.Text("detail").ShouldBe("It is not what workflow \"picky\" takes.");
        ((int)taken.StatusCode).ShouldBe(201);
        (await host.Http.GetJsonAsync("/workflows/picky/instances"))
            .GetProperty("instances")
            .GetArrayLength()
            .ShouldBe(1);
    }

    [Fact]
    public async Task The_largest_parameters_and_payload_are_taken()
    {
        await using var host = await PlayedHost.StartAsync(
            async (_, step) => $"{(await step.WaitForEventAsync<string>("go")).Payload.Length}"
        );
        // The name "n" with a number after many spaces: 1 MiB of JSON that a workflow of numbers can read.
        var parameters = "{\"n\":" + new string(' ', 1_048_576 - 7) + "1}";
        using var created = await host.Http.PostJsonAsync(
            PlayedHost.Instances,
            $$"""{"id":"b","params":{{parameters}}}"""
        );
        ((int)created.StatusCode).ShouldBe(201);

        using var sent = await host.Http.PostJsonAsync(PlayedHost.Instances + "/b/events/go", Text(1_048_576));

        ((int)sent.StatusCode).ShouldBe(204);
        (await host.StatusAsync("b", "complete")).Text("output").ShouldBe("1048574");
    }

    private static async Task<SessionHost> StartAsync()
    {
        var host = await PlayedHost.StartAsync(
            async (_, step) => await step.DoAsync("one", _ => Task.FromResult("done")),
            services =>
                services
                    .AddSingleton<IChatClient>(new ScriptedChatClient())
                    .AddEverturn()
                    .AddAgent(AgentDefinition.Create("writer").Build())
        );
        await host.CreateAsync("a");
        await host.StatusAsync("a", "complete");
        return host;
    }

    /// <summary>A JSON text of so many bytes.</summary>
    private static string Text(int bytes) => $"\"{new string('x', bytes - 2)}\"";

    private static string Many(int count, string item) => $"[{string.Join(',', Enumerable.Repeat(item, count))}]";

    private static string Retention(string time) => $$$"""{"id":"b","retention":{"successRetention":{{{time}}}}}""";

    private static string Restart(string from) => $$"""{"status":"restart","from":{{from}}}""";

    private static string Cursor(string tenant, string workflow) =>
        new InstanceCursor(DateTimeOffset.UnixEpoch, new(tenant, workflow, "a")).ToString();
}
