using Everturn.Agents;
using Everturn.AspNetCore.Tests.Server;
using Everturn.Sessions;
using Everturn.Testing.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.AspNetCore.Tests;

public sealed class ResumeTests
{
    private static readonly ScriptedReply Started = ScriptedReply.Text("Let me").ThenStall();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"agentType":"writer"}""")]
    [InlineData("""{"agentType":"writer","options":{}}""")]
    [InlineData("""{"agentType":"writer","options":{"mode":"continue"},"unknown":1}""")]
    public async Task A_resume_goes_on_in_a_new_run_and_answers_as_the_seed_says(string body)
    {
        await using var host = await ServerHost.StartAsync(_ => { }, Started, "Done.");
        var before = await host.InterruptedRunAsync();

        using var answer = await host.PostAsync("/sessions/s1/resume", body);

        ((int)answer.StatusCode).ShouldBe(200);
        (await answer.JsonAsync()).GetRawText().ShouldBe("""{"sessionId":"s1","streamId":"s1","status":"resumed"}""");
        var run = await host.EndOfAsync(answer.Headers.GetValues("Everturn-Run-Id").Single());
        answer.Headers.GetValues("Everturn-Instance-Id").ShouldBe([run.InstanceId]);
        (run.Trigger, run.ParentRunId, run.Status).ShouldBe((RunTrigger.Resume, before.RunId, RunStatus.Completed));
    }

    [Fact]
    public async Task Messages_and_state_of_the_options_reach_the_run()
    {
        await using var host = await StartKeeperAsync(Started, "Done.");
        await host.InterruptedRunAsync(afterItsFirstWords: true);

        using var answer = await host.PostAsync(
            "/sessions/s1/resume",
            """
            {"agentType":"writer","options":{"mode":"continue","modifyState":{"count":7},
              "appendMessages":[{"role":"system","content":"be brief"},{"role":"user","content":"go on"}]}}
            """
        );

        ((int)answer.StatusCode).ShouldBe(200);
        await host.EndOfAsync(answer.Headers.GetValues("Everturn-Run-Id").Single());
        var snapshot = (await host.Store.GetSnapshotAsync(new("s1"), 10, Token))!;
        snapshot
            .Messages.Messages.Select(message => (message.Role.Value, message.Content))
            .ShouldBe([
                ("user", "hello"),
                ("assistant", "Let me"),
                ("system", "be brief"),
                ("user", "go on"),
                ("assistant", "Done."),
            ]);
        System.Text.Encoding.UTF8.GetString(snapshot.State.Span).ShouldContain("7");
    }

    [Fact]
    public async Task A_branch_goes_back_to_its_checkpoint()
    {
        await using var host = await ServerHost.StartAsync(_ => { }, "One.", "Two.", "Three.");
        await host.EndOfAsync(await host.StartRunAsync());
        var checkpoint = (await host.Http.GetJsonAsync("/sessions/s1/status")).Text("checkpointId");
        await host.EndOfAsync(await host.StartRunAsync(message: "again"));

        using var answer = await host.PostAsync(
            "/sessions/s1/resume",
            $$$"""
            {"agentType":"writer","options":{"mode":"branch","checkpointId":"{{{checkpoint}}}",
              "appendMessages":[{"role":"user","content":"otherwise"}]}}
            """
        );

        ((int)answer.StatusCode).ShouldBe(200);
        await host.EndOfAsync(answer.Headers.GetValues("Everturn-Run-Id").Single());
        (await host.Store.GetMessagesAsync(new("s1"), 0, 10, Token))
            .Messages.Select(message => message.Content)
            .ShouldBe(["hello", "One.", "otherwise", "Three."]);
    }

    [Fact]
    public async Task Mode_retry_tries_a_failed_run_again()
    {
        await using var host = await ServerHost.StartAsync(
            _ => { },
            ScriptedReply.Fail(new InvalidInputException("model", "No.")),
            "Done."
        );
        await host.EndOfAsync(await host.StartRunAsync());

        using var answer = await host.PostAsync(
            "/sessions/s1/resume",
            """{"agentType":"writer","options":{"mode":"retry"}}"""
        );

        var run = await host.EndOfAsync(answer.Headers.GetValues("Everturn-Run-Id").Single());
        (run.Trigger, run.Status).ShouldBe((RunTrigger.Retry, RunStatus.Completed));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_repeated_request_gives_the_same_run_and_another_body_is_refused(bool header)
    {
        await using var host = await ServerHost.StartAsync(_ => { }, Started, ScriptedReply.Stall());
        await host.InterruptedRunAsync();
        var body = header ? """{"agentType":"writer"}""" : """{"agentType":"writer","requestId":"r1"}""";
        (string, string)[] headers = header ? [("Idempotency-Key", "r1")] : [];

        using var first = await host.PostAsync("/sessions/s1/resume", body, headers);
        using var again = await host.PostAsync("/sessions/s1/resume", body, headers);
        using var other = await host.PostAsync(
            "/sessions/s1/resume",
            """{"agentType":"writer","requestId":"r1","options":{"appendMessages":[{"role":"user","content":"x"}]}}"""
        );

        ((int)again.StatusCode).ShouldBe(200);
        again.Headers.GetValues("Everturn-Run-Id").ShouldBe(first.Headers.GetValues("Everturn-Run-Id"));
        await other.ProblemAsync(422, "request_conflict", "requestId");
    }

    [Fact]
    public async Task Another_server_that_resumes_a_session_has_the_new_run()
    {
        await using var host = await ServerHost.BuildAsync(
            builder => builder.AddAgentServer(_ => { }).AddAgentServer("other", _ => { }),
            app =>
            {
                app.MapEverturn().AllowAnonymous();
                app.MapEverturn("/other", server: "other").AllowAnonymous();
            },
            new(Started, ScriptedReply.Stall())
        );
        (await host.InterruptedRunAsync()).Server.ShouldBe("default");

        using var answer = await host.PostAsync("/other/sessions/s1/resume", """{"agentType":"writer"}""");

        ((int)answer.StatusCode).ShouldBe(200);
        (await host.Store.GetCurrentRunAsync(new("s1"), Token))!.Server.ShouldBe("other");
    }

    [Fact]
    public async Task Invariant_11_a_session_that_completed_cannot_be_resumed()
    {
        await using var host = await ServerHost.StartAsync(_ => { }, "Done.");
        var run = await host.EndOfAsync(await host.StartRunAsync());
        var before = await host.ContentAsync();

        using var answer = await host.PostAsync("/sessions/s1/resume", """{"agentType":"writer"}""");

        var problem = await answer.ProblemAsync(409, "cannot_resume");
        problem.Text("sessionId").ShouldBe("s1");
        problem.Text("reason").ShouldBe("completed");
        problem.Text("runId").ShouldBe(run.RunId);
        problem.Text("runStatus").ShouldBe("completed");
        (await host.ContentAsync()).ShouldBe(before);
    }

    [Theory]
    [InlineData("", 400, "malformed_json", "body")]
    [InlineData("[]", 400, "invalid_input", "body")]
    [InlineData("null", 400, "invalid_input", "body")]
    [InlineData("""{"agentType":"writer","options":{""", 400, "malformed_json", "body")]
    [InlineData("{}", 400, "invalid_input", "agentType")]
    [InlineData("""{"agentType":7}""", 400, "invalid_input", "agentType")]
    [InlineData("""{"agentType":"No Name"}""", 400, "invalid_input", "agentType")]
    [InlineData("""{"agentType":"other"}""", 409, "agent_mismatch", "agentType")]
    [InlineData("""{"agentType":"writer","options":7}""", 400, "invalid_input", "options")]
    [InlineData("""{"agentType":"writer","options":{"mode":"again"}}""", 400, "invalid_input", "options.mode")]
    [InlineData("""{"agentType":"writer","options":{"mode":7}}""", 400, "invalid_input", "options.mode")]
    [InlineData("""{"agentType":"writer","options":{"mode":"branch"}}""", 400, "invalid_input", "options.checkpointId")]
    [InlineData(
        """{"agentType":"writer","options":{"mode":"retry","checkpointId":"c"}}""",
        400,
        "invalid_input",
        "options.checkpointId"
    )]
    [InlineData(
        """{"agentType":"writer","options":{"checkpointId":""}}""",
        400,
        "invalid_input",
        "options.checkpointId"
    )]
    [InlineData(
        """{"agentType":"writer","options":{"checkpointId":"c"}}""",
        404,
        "checkpoint_not_found",
        "options.checkpointId"
    )]
    [InlineData(
        """{"agentType":"writer","options":{"mode":"branch","checkpointId":"c"}}""",
        404,
        "checkpoint_not_found",
        "options.checkpointId"
    )]
    [InlineData("""{"agentType":"writer","options":{"modifyState":7}}""", 400, "invalid_input", "options.modifyState")]
    [InlineData("""{"agentType":"writer","options":{"modifyState":[]}}""", 400, "invalid_input", "options.modifyState")]
    [InlineData(
        """{"agentType":"writer","options":{"modifyState":{"a":1}}}""",
        400,
        "invalid_input",
        "options.modifyState"
    )]
    [InlineData(
        """{"agentType":"writer","options":{"appendMessages":{}}}""",
        400,
        "invalid_input",
        "options.appendMessages"
    )]
    [InlineData(
        """{"agentType":"writer","options":{"appendMessages":[null]}}""",
        400,
        "invalid_input",
        "options.appendMessages[0]"
    )]
    [InlineData(
        """{"agentType":"writer","options":{"appendMessages":[{"content":"x"}]}}""",
        400,
        "invalid_input",
        "options.appendMessages[0].role"
    )]
    [InlineData(
        """{"agentType":"writer","options":{"appendMessages":[{"role":"assistant","content":"x"}]}}""",
        400,
        "invalid_input",
        "options.appendMessages[0].role"
    )]
    [InlineData(
        """{"agentType":"writer","options":{"appendMessages":[{"role":"user"}]}}""",
        400,
        "invalid_input",
        "options.appendMessages[0].content"
    )]
    [InlineData("""{"agentType":"writer","requestId":""}""", 400, "invalid_input", "requestId")]
    [InlineData("""{"agentType":"writer","agentType":"writer"}""", 400, "invalid_input", "agentType")]
    public async Task Invariant_11_a_body_that_is_not_acceptable_is_refused(
        string body,
        int status,
        string code,
        string? field
    )
    {
        await using var host = await ServerHost.StartAsync(_ => { }, Started);
        await host.InterruptedRunAsync();
        var before = await host.ContentAsync();

        using var answer = await host.PostAsync("/sessions/s1/resume", body);

        await answer.ProblemAsync(status, code, field);
        (await host.ContentAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task An_unknown_session_cannot_be_resumed()
    {
        await using var host = await ServerHost.StartAsync(_ => { });

        using var answer = await host.PostAsync("/sessions/s1/resume", """{"agentType":"writer"}""");

        await answer.ProblemAsync(404, "session_not_found");
    }

    private static Task<ServerHost> StartKeeperAsync(params ScriptedReply[] replies) =>
        ServerHost.BuildAsync(builder =>
            builder
                .UseInMemory()
                .AddAgent(AgentDefinition.Create("writer").WithState(Keeper.Key).Build())
                .AddAgentServer(o => o.ChatClientFactory = OneClient(replies))
        );

    private static ChatClientFactory OneClient(ScriptedReply[] replies)
    {
        var client = new ScriptedChatClient(replies);
        return (_, _) => client;
    }
}
