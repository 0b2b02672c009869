using Everturn.Agents;
using Everturn.AspNetCore.Tests.Server;
using Everturn.Sessions;
using Everturn.Testing.Models;
using Microsoft.AspNetCore.Http;

namespace Everturn.AspNetCore.Tests;

public sealed class AbortTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(AgentRuntimes.Workflow, null, null)]
    [InlineData(AgentRuntimes.Workflow, "{}", null)]
    [InlineData(AgentRuntimes.Workflow, """{"reason":"enough"}""", "enough")]
    [InlineData(AgentRuntimes.InProcess, """{"reason":"enough"}""", "enough")]
    public async Task Invariant_9_an_abort_ends_the_run_for_good(string runtime, string? body, string? reason)
    {
        await using var host = await ServerHost.StartAsync(runtime, _ => { }, ScriptedReply.Stall());
        var runId = await host.StartRunAsync();

        using var answer = body is null
            ? await host.Http.PostAsync("/sessions/s1/abort", null, Token)
            : await host.PostAsync("/sessions/s1/abort", body);

        ((int)answer.StatusCode).ShouldBe(200);
        var json = await answer.JsonAsync();
        json.Text("sessionId").ShouldBe("s1");
        json.Text("runId").ShouldBe(runId);
        var run = await host.EndOfAsync(runId);
        (run.Status, run.Reason).ShouldBe((RunStatus.Failed, RunReason.Aborted));
        if (reason is not null)
        {
            run.Error.ShouldNotBeNull().ShouldContain(reason);
        }
        var status = await host.Http.GetJsonAsync("/sessions/s1/status");
        status.Text("status").ShouldBe("failed");
        status.GetProperty("isExecuting").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task A_run_that_was_interrupted_is_aborted_at_once()
    {
        await using var host = await ServerHost.StartAsync(_ => { }, ScriptedReply.Stall());
        var run = await host.InterruptedRunAsync();

        using var answer = await host.PostAsync("/sessions/s1/abort", """{"reason":"never mind"}""");

        var json = await answer.JsonAsync();
        json.Text("runId").ShouldBe(run.RunId);
        json.Text("status").ShouldBe("failed");
        json.Text("reason").ShouldBe("aborted");
    }

    [Fact]
    public async Task Invariant_9_an_abort_of_a_completed_run_gives_its_outcome_and_changes_nothing()
    {
        await using var host = await ServerHost.StartAsync(_ => { }, "Done.");
        await host.EndOfAsync(await host.StartRunAsync());
        var before = await host.ContentAsync();

        using var answer = await host.PostAsync("/sessions/s1/abort", "{}");

        var json = await answer.JsonAsync();
        json.Text("status").ShouldBe("completed");
        json.Text("output").ShouldBe("Done.");
        (await host.ContentAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task An_endpoint_of_the_application_may_abort()
    {
        await using var host = await ServerHost.StartAsync(
            o =>
                o.Endpoints["/stop"] = async (_, context) =>
                {
                    await context.ExecutionState.AbortAsync("enough", Token);
                    var state = context.ExecutionState;
                    return Results.Text($"{state.Status} {state.IsExecuting}");
                },
            ScriptedReply.Stall()
        );
        await host.StartRunAsync();

        (await host.Http.GetStringAsync("/sessions/s1/stop", Token)).ShouldBe("failed False");
    }

    [Theory]
    [InlineData("[]", "body")]
    [InlineData("""{"reason":7}""", "reason")]
    public async Task Invariant_11_a_body_that_is_not_acceptable_is_refused(string body, string field)
    {
        await using var host = await ServerHost.StartAsync(_ => { }, ScriptedReply.Stall());
        await host.StartRunAsync();

        using var answer = await host.PostAsync("/sessions/s1/abort", body);

        await answer.ProblemAsync(400, "invalid_input", field);
        (await host.Store.ListOpenCommandsAsync(Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Invariant_11_a_reason_that_is_too_long_is_refused()
    {
        await using var host = await ServerHost.StartAsync(_ => { }, ScriptedReply.Stall());
        await host.StartRunAsync();

        using var answer = await host.PostAsync("/sessions/s1/abort", $$"""{"reason":"{{new string('x', 1_025)}}"}""");

        await answer.ProblemAsync(400, "invalid_input", "reason");
        (await host.Store.ListOpenCommandsAsync(Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_unknown_session_cannot_be_aborted()
    {
        await using var host = await ServerHost.StartAsync(_ => { });

        using var answer = await host.PostAsync("/sessions/s1/abort", "{}");

        await answer.ProblemAsync(404, "session_not_found");
    }
}
