using System.Text.Json;
using Everturn.Sessions;

namespace Everturn.AspNetCore.Tests;

public sealed class StartTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_start_of_a_new_session_answers_as_the_seed_says()
    {
        await using var host = await SessionHost.StartAsync();

        using var response = await host.Http.PostJsonAsync("/sessions/s1/start", SessionHost.Body("s1"));

        ((int)response.StatusCode).ShouldBe(200);
        var json = await response.JsonAsync();
        json.Names().ShouldBe(["sessionId", "streamId", "status"]);
        json.Text("sessionId").ShouldBe("s1");
        json.Text("streamId").ShouldBe("s1");
        json.Text("status").ShouldBe("started");
        var run = (await host.Store.GetCurrentRunAsync(new("s1"), Token))!;
        response.Headers.GetValues("Everturn-Run-Id").ShouldBe([run.RunId]);
        response.Headers.GetValues("Everturn-Instance-Id").ShouldBe(["agent__writer__s1"]);
    }

    [Fact]
    public async Task A_start_after_the_end_is_the_next_turn_of_the_session()
    {
        await using var host = await SessionHost.StartAsync();
        await host.StartRunAsync("s1");
        await host.EndRunAsync("s1");

        using var response = await host.Http.PostJsonAsync("/sessions/s1/start", SessionHost.Body("s1", "again"));

        (await response.JsonAsync()).Text("status").ShouldBe("resumed");
        (await host.Store.GetCurrentRunAsync(new("s1"), Token))!.Turn.ShouldBe(2);
    }

    [Fact]
    public async Task All_of_the_body_reaches_the_run()
    {
        await using var host = await SessionHost.StartAsync();
        const string body = """
            {"agentType":"writer","sessionId":"s1","userId":"u1","tags":["a","b"],"metadata":{"k":"v"},"unknown":[1],
             "requestId":"r1","input":{"message":"h\u00e9llo","state":{"count":1},"messages":[
               {"role":"system","content":"be kind","unknown":1},
               {"role":"user","content":"see","metadata":{"hidden":true},
                "files":[{"data":"data:text/plain,hi","mediaType":"text/plain","filename":"hi.txt"}]}]}}
            """;

        using var response = await host.Http.PostJsonAsync("/sessions/s1/start", body);

        ((int)response.StatusCode).ShouldBe(200);
        var (input, options) = host.Executor.Last!.Value;
        input.Message.ShouldBe("héllo");
        input.State!.Value.GetProperty("count").GetInt32().ShouldBe(1);
        input
            .Messages!.Select(message => (message.Role.Value, message.Content))
            .ShouldBe([("system", "be kind"), ("user", "see")]);
        input.Messages![1].Metadata!["hidden"].ValueKind.ShouldBe(JsonValueKind.True);
        input.Messages[1].Files!.Single().ShouldBe(new MessageFile("data:text/plain,hi", "text/plain", "hi.txt"));
        options.UserId.ShouldBe("u1");
        options.Tags.ShouldBe(["a", "b"]);
        options.Metadata!["k"].ShouldBe("v");
        options.RequestId.ShouldBe("r1");
        options.Tenant.ShouldBe("");
    }

    [Fact]
    public async Task Invariant_1_a_start_while_a_run_is_running_is_refused_with_that_runs_id()
    {
        await using var host = await SessionHost.StartAsync();
        var runId = await host.StartRunAsync("s1");
        var before = await host.ContentAsync();

        using var response = await host.Http.PostJsonAsync("/sessions/s1/start", SessionHost.Body("s1", "again"));

        var problem = await response.ProblemAsync(409, "agent_already_running");
        problem.Text("runId").ShouldBe(runId);
        problem.Text("runStatus").ShouldBe("running");
        problem.Text("sessionId").ShouldBe("s1");
        (await host.ContentAsync()).ShouldBe(before);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Invariant_4_a_repeated_request_id_gives_the_same_run(bool inHeader)
    {
        await using var host = await SessionHost.StartAsync();
        var body = SessionHost.Body("s1");
        (string, string)[] headers = inHeader ? [("Idempotency-Key", "r1")] : [];
        body = inHeader ? body : body.Replace("{\"agentType", "{\"requestId\":\"r1\",\"agentType");

        using var first = await host.Http.PostJsonAsync("/sessions/s1/start", body, headers);
        using var second = await host.Http.PostJsonAsync("/sessions/s1/start", body, headers);

        (await first.JsonAsync()).Text("status").ShouldBe("started");
        (await second.JsonAsync()).Text("status").ShouldBe("resumed");
        var runId = first.Headers.GetValues("Everturn-Run-Id").Single();
        second.Headers.GetValues("Everturn-Run-Id").Single().ShouldBe(runId);
        var runs = await host.Store.ListRunsAsync(new("s1"), new(), Token);
        runs.Items.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Another_body_under_a_used_request_id_is_refused()
    {
        await using var host = await SessionHost.StartAsync();
        using var first = await host.Http.PostJsonAsync(
            "/sessions/s1/start",
            SessionHost.Body("s1"),
            ("Idempotency-Key", "r1")
        );
        var before = await host.ContentAsync();

        using var second = await host.Http.PostJsonAsync(
            "/sessions/s1/start",
            SessionHost.Body("s1", "other"),
            ("Idempotency-Key", "r1")
        );

        await second.ProblemAsync(422, "request_conflict", "requestId");
        (await host.ContentAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task An_unknown_agent_is_refused_with_those_that_there_are()
    {
        await using var host = await SessionHost.StartAsync();

        using var response = await host.Http.PostJsonAsync(
            "/sessions/s1/start",
            SessionHost.Body("s1", agentType: "reader")
        );

        var problem = await response.ProblemAsync(404, "agent_not_found", "agentType");
        problem.Text("agentType").ShouldBe("reader");
        problem.GetProperty("availableTypes").EnumerateArray().Select(type => type.GetString()).ShouldBe(["writer"]);
        (await host.ContentAsync()).ShouldBe("[]");
    }

    [Fact]
    public async Task A_session_keeps_its_agent()
    {
        await using var host = await SessionHost.StartAsync();
        await host.StartRunAsync("s1");
        await host.EndRunAsync("s1");
        var before = await host.ContentAsync();

        using var response = await host.Http.PostJsonAsync(
            "/sessions/s1/start",
            SessionHost.Body("s1", agentType: "other")
        );

        var problem = await response.ProblemAsync(409, "agent_mismatch", "agentType");
        problem.Text("agentType").ShouldBe("other");
        problem.Text("actualAgentType").ShouldBe("writer");
        (await host.ContentAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task The_id_of_a_deleted_session_is_gone()
    {
        await using var host = await SessionHost.StartAsync();
        await host.StartRunAsync("s1");
        await host.EndRunAsync("s1");
        using var deleted = await host.Http.DeleteAsync("/sessions/s1", Token);

        using var response = await host.Http.PostJsonAsync("/sessions/s1/start", SessionHost.Body("s1"));

        await response.ProblemAsync(410, "session_deleted");
    }

    [Fact]
    public async Task Invariant_10_a_store_that_fails_is_never_reported_as_a_run_that_failed()
    {
        await using var host = await SessionHost.StartAsync();
        host.Executor.Failure = new StoreUnavailableException("The disk is full at /secret/place.");
        using var unavailable = await host.Http.PostJsonAsync("/sessions/s1/start", SessionHost.Body("s1"));
        host.Executor.Failure = new OutcomeUnknownException("A commit was under way.");
        using var unknown = await host.Http.PostJsonAsync("/sessions/s1/start", SessionHost.Body("s1"));

        var problem = await unavailable.ProblemAsync(503, "store_unavailable");
        problem.ToString().ShouldNotContain("secret");
        unavailable.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        (await unknown.ProblemAsync(503, "outcome_unknown")).Text("detail").ShouldContain("may or may not");
    }

    [Fact]
    public async Task What_nobody_expected_is_a_problem_that_tells_nothing()
    {
        await using var host = await SessionHost.StartAsync();
        host.Executor.Failure = new InvalidOperationException("secret");

        using var response = await host.Http.PostJsonAsync("/sessions/s1/start", SessionHost.Body("s1"));

        (await response.ProblemAsync(500, "internal_error")).ToString().ShouldNotContain("secret");
    }

    [Fact]
    public async Task The_tenant_is_what_the_resolver_says()
    {
        await using var host = await SessionHost.StartAsync(configure: services =>
            Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton<ITenantResolver>(
                services,
                new FixedTenant("t1")
            )
        );

        await host.StartRunAsync("s1");

        (await host.Store.GetSessionAsync(new("t1", "s1"), Token)).ShouldNotBeNull();
        (await host.Store.GetSessionAsync(new("s1"), Token)).ShouldBeNull();
        (await host.Http.GetJsonAsync("/sessions/s1/status")).Text("sessionId").ShouldBe("s1");
        (await host.Http.GetJsonAsync("/sessions")).GetProperty("sessions").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task The_routes_are_below_the_prefix()
    {
        await using var host = await SessionHost.StartAsync("/api");

        using var response = await host.Http.PostJsonAsync("/api/sessions/s1/start", SessionHost.Body("s1"));

        ((int)response.StatusCode).ShouldBe(200);
    }

    private sealed class FixedTenant(string tenant) : ITenantResolver
    {
        public ValueTask<string> ResolveAsync(Microsoft.AspNetCore.Http.HttpContext context) => new(tenant);
    }
}
