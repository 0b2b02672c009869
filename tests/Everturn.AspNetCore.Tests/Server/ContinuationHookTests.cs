using Everturn.AspNetCore.Server;
using Everturn.Sessions;
using Everturn.Testing.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.AspNetCore.Tests.Server;

/// <summary>The hooks around resume and retry.</summary>
public sealed class ContinuationHookTests
{
    private const string Resume = """{"agentType":"writer","options":{"mode":"continue"},"requestId":"r1"}""";
    private const string Retry =
        """{"agentType":"writer","options":{"mode":"from_start","message":"m"},"requestId":"r1"}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_hooks_of_a_resume_are_told_all_and_once()
    {
        var before = new List<BeforeResumeContext>();
        var after = new List<AfterResumeContext>();
        await using var host = await ServerHost.StartAsync(
            o =>
            {
                o.Hooks.BeforeResume = (context, _) =>
                {
                    before.Add(context);
                    context.Services.GetService<ISessionStore>().ShouldNotBeNull();
                    context.Request.Path.Value.ShouldBe("/sessions/s1/resume");
                    return Task.FromResult<AbortResult?>(null);
                };
                o.Hooks.AfterResume = (context, _) =>
                {
                    after.Add(context);
                    context.Services.GetService<ISessionStore>().ShouldNotBeNull();
                    return Task.CompletedTask;
                };
            },
            ScriptedReply.Stall(),
            "Done."
        );
        var interrupted = await host.InterruptedRunAsync();

        using var answer = await host.PostAsync("/sessions/s1/resume", Resume);
        using var again = await host.PostAsync("/sessions/s1/resume", Resume);

        var told = before.ShouldHaveSingleItem();
        told.Body.AgentType.ShouldBe("writer");
        told.Body.Options!.Mode.ShouldBe("continue");
        told.Body.RequestId.ShouldBe("r1");
        var state = told.ExecutionState;
        (state.SessionId, state.RunId, state.IsExecuting, state.Status).ShouldBe(
            ("s1", interrupted.RunId, false, ExecutionStatus.Interrupted)
        );
        var runId = answer.Headers.GetValues("Everturn-Run-Id").Single();
        var began = after.ShouldHaveSingleItem();
        (began.SessionId, began.RunId, began.AgentType).ShouldBe(("s1", runId, "writer"));
        (await began.Handle.WaitAsync(Token)).OutputJson.GetString().ShouldBe("Done.");
    }

    [Fact]
    public async Task The_hooks_of_a_retry_are_told_all_and_once()
    {
        var before = new List<BeforeRetryContext>();
        var after = new List<AfterRetryContext>();
        await using var host = await ServerHost.StartAsync(
            o =>
            {
                o.Hooks.BeforeRetry = (context, _) =>
                {
                    before.Add(context);
                    context.Services.GetService<ISessionStore>().ShouldNotBeNull();
                    context.Request.Path.Value.ShouldBe("/sessions/s1/retry");
                    return Task.FromResult<AbortResult?>(null);
                };
                o.Hooks.AfterRetry = (context, _) =>
                {
                    after.Add(context);
                    context.Services.GetService<ISessionStore>().ShouldNotBeNull();
                    return Task.CompletedTask;
                };
            },
            ScriptedReply.Stall(),
            "Done."
        );
        var interrupted = await host.InterruptedRunAsync();

        using var answer = await host.PostAsync("/sessions/s1/retry", Retry);
        using var again = await host.PostAsync("/sessions/s1/retry", Retry);

        var told = before.ShouldHaveSingleItem();
        told.Body.AgentType.ShouldBe("writer");
        (told.Body.Options!.Mode, told.Body.Options.Message, told.Body.RequestId).ShouldBe(("from_start", "m", "r1"));
        (told.ExecutionState.RunId, told.ExecutionState.Status).ShouldBe(
            (interrupted.RunId, ExecutionStatus.Interrupted)
        );
        var runId = answer.Headers.GetValues("Everturn-Run-Id").Single();
        var began = after.ShouldHaveSingleItem();
        (began.SessionId, began.RunId, began.AgentType).ShouldBe(("s1", runId, "writer"));
        (await began.Handle.WaitAsync(Token)).OutputJson.GetString().ShouldBe("Done.");
    }

    [Theory]
    [InlineData("/sessions/s1/resume", Resume)]
    [InlineData("/sessions/s1/retry", Retry)]
    public async Task A_hook_before_may_answer_by_itself_and_nothing_is_begun(string path, string body)
    {
        var refusal = Task.FromResult<AbortResult?>(new(Results.StatusCode(StatusCodes.Status402PaymentRequired)));
        await using var host = await ServerHost.StartAsync(
            o =>
            {
                o.Hooks.BeforeResume = (_, _) => refusal;
                o.Hooks.BeforeRetry = (_, _) => refusal;
            },
            ScriptedReply.Stall()
        );
        await host.InterruptedRunAsync();
        var before = await host.ContentAsync();

        using var answer = await host.PostAsync(path, body);

        ((int)answer.StatusCode).ShouldBe(402);
        (await host.ContentAsync()).ShouldBe(before);
    }

    [Theory]
    [InlineData("/sessions/s1/resume", Resume)]
    [InlineData("/sessions/s1/retry", Retry)]
    public async Task A_hook_before_that_throws_is_500_and_nothing_is_begun(string path, string body)
    {
        await using var host = await ServerHost.StartAsync(
            o =>
            {
                o.Hooks.BeforeResume = (_, _) => throw new InvalidOperationException("broken");
                o.Hooks.BeforeRetry = (_, _) => throw new InvalidOperationException("broken");
            },
            ScriptedReply.Stall()
        );
        await host.InterruptedRunAsync();
        var before = await host.ContentAsync();

        using var answer = await host.PostAsync(path, body);

        await answer.ProblemAsync(500, "hook_failed");
        (await host.ContentAsync()).ShouldBe(before);
    }

    [Theory]
    [InlineData("/sessions/s1/resume", Resume)]
    [InlineData("/sessions/s1/retry", Retry)]
    public async Task A_hook_after_that_throws_harms_nothing(string path, string body)
    {
        await using var host = await ServerHost.StartAsync(
            o =>
            {
                o.Hooks.AfterResume = (_, _) => throw new InvalidOperationException("broken");
                o.Hooks.AfterRetry = (_, _) => throw new InvalidOperationException("broken");
            },
            ScriptedReply.Stall(),
            "Done."
        );
        await host.InterruptedRunAsync();

        using var answer = await host.PostAsync(path, body);

        ((int)answer.StatusCode).ShouldBe(200);
        var run = await host.EndOfAsync(answer.Headers.GetValues("Everturn-Run-Id").Single());
        run.Status.ShouldBe(RunStatus.Completed);
    }
}
