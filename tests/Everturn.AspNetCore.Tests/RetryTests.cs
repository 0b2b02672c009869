using Everturn.AspNetCore.Tests.Server;
using Everturn.Sessions;
using Everturn.Testing.Models;

namespace Everturn.AspNetCore.Tests;

public sealed class RetryTests
{
    private static readonly ScriptedReply Failing = ScriptedReply.Fail(new InvalidInputException("model", "No."));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"agentType":"writer"}""")]
    [InlineData("""{"agentType":"writer","options":{}}""")]
    [InlineData("""{"agentType":"writer","options":{"mode":"from_checkpoint"}}""")]
    [InlineData("""{"agentType":"writer","options":{"mode":"from_start"},"unknown":1}""")]
    public async Task A_retry_tries_again_in_a_new_run_and_answers_as_the_seed_says(string body)
    {
        await using var host = await ServerHost.StartAsync(_ => { }, Failing, "Done.");
        var before = await host.EndOfAsync(await host.StartRunAsync());

        using var answer = await host.PostAsync("/sessions/s1/retry", body);

        ((int)answer.StatusCode).ShouldBe(200);
        (await answer.JsonAsync()).GetRawText().ShouldBe("""{"sessionId":"s1","streamId":"s1","status":"resumed"}""");
        var run = await host.EndOfAsync(answer.Headers.GetValues("Everturn-Run-Id").Single());
        answer.Headers.GetValues("Everturn-Instance-Id").ShouldBe([run.InstanceId]);
        (run.Trigger, run.ParentRunId, run.Status).ShouldBe((RunTrigger.Retry, before.RunId, RunStatus.Completed));
    }

    [Theory]
    [InlineData("from_checkpoint", "hello", "try harder", "Done.")]
    [InlineData("from_start", "try harder", "Done.")]
    public async Task A_message_follows_the_input_or_takes_its_place(string mode, params string[] expected)
    {
        await using var host = await ServerHost.StartAsync(_ => { }, Failing, "Done.");
        await host.EndOfAsync(await host.StartRunAsync());

        using var answer = await host.PostAsync(
            "/sessions/s1/retry",
            $$$"""{"agentType":"writer","options":{"mode":"{{{mode}}}","message":"try harder"}}"""
        );

        await host.EndOfAsync(answer.Headers.GetValues("Everturn-Run-Id").Single());
        (await host.Store.GetMessagesAsync(new("s1"), 0, 10, Token))
            .Messages.Select(message => message.Content)
            .ShouldBe(expected);
    }

    [Fact]
    public async Task A_repeated_request_gives_the_same_run()
    {
        await using var host = await ServerHost.StartAsync(_ => { }, Failing, ScriptedReply.Stall());
        await host.EndOfAsync(await host.StartRunAsync());

        using var first = await host.PostAsync("/sessions/s1/retry", """{"agentType":"writer","requestId":"r1"}""");
        using var again = await host.PostAsync(
            "/sessions/s1/retry",
            """{"agentType":"writer"}""",
            ("Idempotency-Key", "r1")
        );

        again.Headers.GetValues("Everturn-Run-Id").ShouldBe(first.Headers.GetValues("Everturn-Run-Id"));
    }

    [Theory]
    [InlineData("", 400, "malformed_json", "body")]
    [InlineData("{}", 400, "invalid_input", "agentType")]
    [InlineData("""{"agentType":[]}""", 400, "invalid_input", "agentType")]
    [InlineData("""{"agentType":"other"}""", 409, "agent_mismatch", "agentType")]
    [InlineData("""{"agentType":"writer","options":[]}""", 400, "invalid_input", "options")]
    [InlineData("""{"agentType":"writer","options":{"mode":"branch"}}""", 400, "invalid_input", "options.mode")]
    [InlineData("""{"agentType":"writer","options":{"message":""}}""", 400, "invalid_input", "options.message")]
    [InlineData("""{"agentType":"writer","options":{"message":7}}""", 400, "invalid_input", "options.message")]
    [InlineData("""{"agentType":"writer","requestId":"\u0007"}""", 400, "invalid_input", "requestId")]
    public async Task Invariant_11_a_body_that_is_not_acceptable_is_refused(
        string body,
        int status,
        string code,
        string? field
    )
    {
        await using var host = await ServerHost.StartAsync(_ => { }, Failing);
        await host.EndOfAsync(await host.StartRunAsync());
        var before = await host.ContentAsync();

        using var answer = await host.PostAsync("/sessions/s1/retry", body);

        await answer.ProblemAsync(status, code, field);
        (await host.ContentAsync()).ShouldBe(before);
    }

    [Theory]
    [InlineData("running")]
    [InlineData("completed")]
    [InlineData("aborted")]
    public async Task Invariant_11_a_run_that_cannot_be_tried_again_says_why(string why)
    {
        await using var host = await ServerHost.StartAsync(
            _ => { },
            why == "completed" ? "Done." : ScriptedReply.Stall()
        );
        var runId = await host.StartRunAsync();
        if (why == "aborted")
        {
            using var abort = await host.PostAsync("/sessions/s1/abort", "{}");
        }
        if (why != "running")
        {
            await host.EndOfAsync(runId);
        }
        var before = await host.ContentAsync();

        using var answer = await host.PostAsync("/sessions/s1/retry", """{"agentType":"writer"}""");

        (await answer.ProblemAsync(409, "cannot_resume")).Text("reason").ShouldBe(why);
        (await host.ContentAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task An_unknown_session_cannot_be_tried_again()
    {
        await using var host = await ServerHost.StartAsync(_ => { });

        using var answer = await host.PostAsync("/sessions/s1/retry", """{"agentType":"writer"}""");

        await answer.ProblemAsync(404, "session_not_found");
    }
}
