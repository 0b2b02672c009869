using Everturn.Agents;
using Everturn.AspNetCore.Server;
using Everturn.Sessions;
using Everturn.Testing.Models;

namespace Everturn.AspNetCore.Tests.Server;

public sealed class SupersedeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(AgentRuntimes.Workflow)]
    [InlineData(AgentRuntimes.InProcess)]
    public async Task A_new_message_supersedes_the_run_that_is_running(string runtime)
    {
        await using var host = await ServerHost.StartAsync(
            runtime,
            Superseding,
            ScriptedReply.Text("Let me think").ThenStall(),
            "Paris."
        );
        using var first = await SseClient.OpenAsync(host.Http, await StartedAsync(host, "What is the capital?"));
        await first.TakeAsync(1);
        var superseded = (await host.Store.GetCurrentRunAsync(new("s1"), Token))!;

        var runId = await host.StartRunAsync("s1", "Of France, I mean.");

        superseded = (await host.Store.GetRunAsync(new("s1"), superseded.RunId, Token))!;
        (superseded.Status, superseded.Reason).ShouldBe((RunStatus.Interrupted, "superseded"));
        var ended = await host.EndOfAsync(runId);
        ended.Status.ShouldBe(RunStatus.Completed);
        ended.Turn.ShouldBe(2);
        ended.StartSequence.ShouldBeGreaterThan(superseded.EndSequence!.Value);
        var messages = (await host.Store.GetMessagesAsync(new("s1"), 0, 10, Token)).Messages;
        messages
            .Select(message => message.Content)
            .ShouldBe(["What is the capital?", "Let me think", "Of France, I mean.", "Paris."]);
        messages[1].Partial.ShouldBeTrue();
    }

    [Theory]
    [InlineData(AgentRuntimes.Workflow)]
    [InlineData(AgentRuntimes.InProcess)]
    public async Task Of_many_messages_at_once_one_run_is_left_and_the_others_are_superseded_or_refused(string runtime)
    {
        await using var host = await ServerHost.StartAsync(
            runtime,
            Superseding,
            [.. Enumerable.Repeat(ScriptedReply.Stall(), 20)]
        );

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(_ => host.PostAsync("/sessions/s1/start", SessionHost.Body("s1")))
        );

        answers.ShouldAllBe(answer => (int)answer.StatusCode == 200 || (int)answer.StatusCode == 409);
        var runs = (await host.Store.ListRunsAsync(new("s1"), new(), Token)).Items;
        runs.Count.ShouldBe(answers.Count(answer => (int)answer.StatusCode == 200));
        runs.Count(run => run.Status == RunStatus.Running).ShouldBe(1);
        runs.SkipLast(1).ShouldAllBe(run => run.Reason == "superseded");
        Array.ForEach(answers, answer => answer.Dispose());
    }

    private static void Superseding(AgentServerOptions options) =>
        options.Hooks.BeforeStart = async (context, cancellationToken) =>
        {
            if (context.ExecutionState.IsExecuting)
            {
                await context.ExecutionState.InterruptAsync("superseded", cancellationToken);
            }
            return null;
        };

    private static async Task<string> StartedAsync(ServerHost host, string message)
    {
        await host.StartRunAsync("s1", message);
        return "/sessions/s1/sse";
    }
}
