using System.Text.Json.Nodes;
using Everturn.AspNetCore.Server;
using Everturn.AspNetCore.Sessions;
using Everturn.Sessions;
using Everturn.Testing.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.AspNetCore.Tests.Server;

public sealed class StartHookTests
{
    private const string Body = """
        {"agentType":"writer","sessionId":"s1","userId":"u1","tags":["a"],"metadata":{"k":"v"},"requestId":"r1",
         "input":{"message":"hello","messages":[{"role":"system","content":"be kind"}]}}
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Before_start_is_told_of_services_request_body_and_execution_state()
    {
        BeforeStartContext? told = null;
        await using var host = await ServerHost.StartAsync(
            o =>
                o.Hooks.BeforeStart = (context, _) =>
                {
                    told = context;
                    context.Services.GetService<ISessionStore>().ShouldNotBeNull();
                    context.Request.Headers["X-Who"].ToString().ShouldBe("me");
                    return Task.FromResult<AbortResult?>(null);
                },
            "Hi."
        );

        using var answer = await host.PostAsync("/sessions/s1/start", Body, ("X-Who", "me"));

        ((int)answer.StatusCode).ShouldBe(200);
        var body = told.ShouldNotBeNull().Body;
        body.AgentType.ShouldBe("writer");
        body.SessionId.ShouldBe("s1");
        body.UserId.ShouldBe("u1");
        body.Tags.ShouldBe(["a"]);
        body.Metadata!["k"].ShouldBe("v");
        body.RequestId.ShouldBe("r1");
        body.Input!.Message.ShouldBe("hello");
        body.Input.Messages!.Single()!.Content.ShouldBe("be kind");
        var state = told.ExecutionState;
        (state.SessionId, state.RunId, state.IsExecuting, state.Status).ShouldBe(
            (null, null, false, ExecutionStatus.Idle)
        );
        state.GetHandle().ShouldBeNull();
    }

    [Fact]
    public async Task After_start_is_told_of_services_session_run_agent_and_handle()
    {
        AfterStartContext? told = null;
        await using var host = await ServerHost.StartAsync(
            o =>
                o.Hooks.AfterStart = (context, _) =>
                {
                    told = context;
                    context.Services.GetService<ISessionStore>().ShouldNotBeNull();
                    return Task.CompletedTask;
                },
            "Hi."
        );

        var runId = await host.StartRunAsync();

        told.ShouldNotBeNull();
        (told.SessionId, told.RunId, told.AgentType).ShouldBe(("s1", runId, "writer"));
        var result = await told.Handle.WaitAsync(Token);
        result.OutputJson.GetString().ShouldBe("Hi.");
    }

    [Fact]
    public async Task Before_start_may_answer_by_itself_and_nothing_is_begun()
    {
        var after = 0;
        await using var host = await ServerHost.StartAsync(o =>
        {
            o.Hooks.BeforeStart = (_, _) =>
                Task.FromResult<AbortResult?>(new(Results.Text("closed", statusCode: StatusCodes.Status418ImATeapot)));
            o.Hooks.AfterStart = (_, _) => Task.FromResult(after++);
        });

        using var answer = await host.PostAsync("/sessions/s1/start", Body);

        ((int)answer.StatusCode).ShouldBe(418);
        (await answer.Content.ReadAsStringAsync(Token)).ShouldBe("closed");
        (await host.Store.GetSessionAsync(new("s1"), Token)).ShouldBeNull();
        after.ShouldBe(0);
    }

    [Fact]
    public async Task A_hook_before_that_throws_is_500_and_nothing_is_begun()
    {
        await using var host = await ServerHost.StartAsync(o =>
            o.Hooks.BeforeStart = (_, _) => throw new InvalidOperationException("broken")
        );

        using var answer = await host.PostAsync("/sessions/s1/start", Body);

        await answer.ProblemAsync(500, "hook_failed");
        (await host.Store.GetSessionAsync(new("s1"), Token)).ShouldBeNull();
    }

    [Fact]
    public async Task An_exception_of_everturns_in_a_hook_before_keeps_its_own_answer()
    {
        await using var host = await ServerHost.StartAsync(o =>
            o.Hooks.BeforeStart = (_, _) => throw new InvalidInputException("metadata.plan", "There is no such plan.")
        );

        using var answer = await host.PostAsync("/sessions/s1/start", Body);

        await answer.ProblemAsync(400, "invalid_input", "metadata.plan");
    }

    [Fact]
    public async Task A_hook_after_that_throws_harms_neither_the_run_nor_the_answer()
    {
        await using var host = await ServerHost.StartAsync(
            o => o.Hooks.AfterStart = (_, _) => throw new InvalidOperationException("broken"),
            "Hi."
        );

        var runId = await host.StartRunAsync();

        (await host.EndOfAsync(runId)).Status.ShouldBe(RunStatus.Completed);
    }

    [Fact]
    public async Task A_repeated_request_asks_no_hook_again()
    {
        var calls = new List<string>();
        await using var host = await ServerHost.StartAsync(
            o =>
            {
                o.Hooks.BeforeStart = async (context, ct) =>
                {
                    calls.Add("before");
                    await context.ExecutionState.InterruptAsync("superseded", ct);
                    return null;
                };
                o.Hooks.AfterStart = (_, _) =>
                {
                    calls.Add("after");
                    return Task.CompletedTask;
                };
            },
            ScriptedReply.Stall()
        );
        using var first = await host.PostAsync("/sessions/s1/start", Body);

        using var again = await host.PostAsync("/sessions/s1/start", Body);

        calls.ShouldBe(["before", "after"]);
        again.Headers.GetValues("Everturn-Run-Id").ShouldBe(first.Headers.GetValues("Everturn-Run-Id"));
        (await host.Store.GetCurrentRunAsync(new("s1"), Token))!.Status.ShouldBe(RunStatus.Running);
    }

    [Theory]
    [InlineData("nobody", 404, "agent_not_found")]
    [InlineData("other", 409, "agent_mismatch")]
    public async Task A_start_for_an_agent_that_cannot_be_asks_no_hook(string agentType, int status, string code)
    {
        var calls = 0;
        await using var host = await ServerHost.BuildAsync(
            builder =>
                builder
                    .AddAgent(Agents.AgentDefinition.Create("other").Build())
                    .AddAgentServer(o =>
                        o.Hooks.BeforeStart = (_, _) =>
                        {
                            calls++;
                            return Task.FromResult<AbortResult?>(null);
                        }
                    ),
            model: new(ScriptedReply.Stall())
        );
        await host.StartRunAsync();

        using var answer = await host.PostAsync("/sessions/s1/start", SessionHost.Body("s1", agentType: agentType));

        await answer.ProblemAsync(status, code, "agentType");
        calls.ShouldBe(1);
        (await host.Store.GetCurrentRunAsync(new("s1"), Token))!.Status.ShouldBe(RunStatus.Running);
    }

    [Fact]
    public async Task Hooks_and_transformations_come_in_their_order()
    {
        var calls = new List<string>();
        await using var host = await ServerHost.StartAsync(
            o =>
            {
                o.Hooks.TransformRequest = (context, _) =>
                {
                    calls.Add("transform request");
                    return Task.FromResult<StartAgentRequestV2?>(null);
                };
                o.Hooks.BeforeStart = async (context, ct) =>
                {
                    var store = context.Services.GetRequiredService<ISessionStore>();
                    calls.Add((await store.GetSessionAsync(new("s1"), ct)) is null ? "before" : "late");
                    return null;
                };
                o.Hooks.AfterStart = async (context, ct) =>
                {
                    var store = context.Services.GetRequiredService<ISessionStore>();
                    calls.Add((await store.GetSessionAsync(new("s1"), ct)) is null ? "early" : "after");
                };
                o.Hooks.TransformResponse = (_, _) =>
                {
                    calls.Add("transform response");
                    return Task.FromResult<JsonNode?>(null);
                };
            },
            "Hi."
        );

        using var answer = await host.PostAsync("/sessions/s1/start", Body);

        calls.ShouldBe(["transform request", "before", "after", "transform response"]);
        (await answer.JsonAsync()).Names().ShouldBe(["sessionId", "streamId", "status"]);
    }

    [Fact]
    public async Task A_class_of_its_own_has_the_hooks_as_methods_and_services_as_it_likes()
    {
        await using var host = await ServerHost.BuildAsync(
            builder =>
            {
                builder.Services.AddSingleton(new GreetingServer.Greeting("at your service"));
                builder.AddAgentServer<GreetingServer>();
            },
            model: new("Hi.")
        );

        using var answer = await host.PostAsync("/sessions/s1/start", Body);

        (await answer.JsonAsync()).GetRawText().ShouldBe("""{"greeting":"at your service"}""");
    }

    [Fact]
    public async Task Servers_under_different_prefixes_have_their_own_hooks_and_endpoints()
    {
        await using var host = await ServerHost.BuildAsync(
            builder => builder.AddAgentServer("one", o => Named(o, "one")).AddAgentServer("two", o => Named(o, "two")),
            app =>
            {
                app.MapEverturn("/one", server: "one").AllowAnonymous();
                app.MapEverturnSessions("/two", server: "two").AllowAnonymous();
                app.MapEverturn("/plain").AllowAnonymous();
            },
            new("Hi.", "Hi.", "Hi.")
        );

        foreach (var name in new[] { "one", "two" })
        {
            using var answer = await host.PostAsync($"/{name}/sessions/{name}/start", SessionHost.Body(name));
            (await answer.JsonAsync()).GetRawText().ShouldBe($"\"{name}\"");
            (await host.Http.GetStringAsync($"/{name}/sessions/{name}/who", Token)).ShouldBe(name);
            (await host.Store.GetCurrentRunAsync(new(name), Token))!.Server.ShouldBe(name);
        }
        await host.StartRunAsync("plain", prefix: "/plain");
        (await host.Store.GetCurrentRunAsync(new("plain"), Token))!.Server.ShouldBeNull();

        static void Named(AgentServerOptions o, string name)
        {
            o.Hooks.TransformResponse = (_, _) => Task.FromResult<JsonNode?>(name);
            o.Endpoints["/who"] = (_, _) => Task.FromResult(Results.Text(name));
        }
    }

    [Fact]
    public async Task A_server_that_was_not_registered_is_named_where_it_is_mapped()
    {
        var failure = await Should.ThrowAsync<InvalidOperationException>(() =>
            ServerHost.BuildAsync(_ => { }, app => app.MapEverturn(server: "support"), new())
        );

        failure.Message.ShouldContain("AddAgentServer(\"support\"");
    }

    [Theory]
    [InlineData("default", "name")]
    [InlineData("Not A Name", "name")]
    public void A_name_that_is_taken_or_none_is_refused(string name, string field)
    {
        var builder = new ServiceCollection().AddEverturn().AddAgentServer(_ => { });

        Should.Throw<InvalidInputException>(() => builder.AddAgentServer(name, _ => { })).Field.ShouldBe(field);
    }

    [Fact]
    public void A_stop_timeout_of_nothing_is_refused()
    {
        var builder = new ServiceCollection().AddEverturn();

        Should
            .Throw<InvalidInputException>(() => builder.AddAgentServer(o => o.StopTimeout = TimeSpan.Zero))
            .Field.ShouldBe("StopTimeout");
    }
}
