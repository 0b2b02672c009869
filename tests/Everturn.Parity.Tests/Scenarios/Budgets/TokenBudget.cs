using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;
using Everturn.Streaming;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Budgets;

internal sealed class TokenBudget : ParityScenario
{
    private static readonly AgentDefinition<string> Agent = AgentDefinition
        .Create("thrifty")
        .WithTool((string text) => text, options => options.Name = "note")
        .WithRunBudget(new() { Tokens = 100 })
        .Build();

    public override string Name =>
        "a run that uses up its tokens fails before the next model call, each tool call answered";

    public override IReadOnlyList<AgentDefinition> Agents => [Agent];

    public override async Task RunAsync(ParityScene scene)
    {
        var call = ScriptedReply.ToolCall("note", new() { ["text"] = "a" });
        scene.Model.Enqueue(
            call.ThenUsage(40, 10),
            call.ThenUsage(50, 10),
            ScriptedReply.Text("fresh").ThenUsage(90, 20)
        );

        var result = await scene.RunAsync(Agent, "go");

        (result.Status, result.Reason).ShouldBe((RunStatus.Failed, RunReason.MaxTokens));
        result.Error!.ShouldContain("110 of 100 tokens");
        (await scene.MessagesAsync())[^1].Role.ShouldBe(MessageRole.Tool);
        var error = (await scene.ChunksAsync()).OfType<ErrorChunk>().ShouldHaveSingleItem();
        (error.Code, error.Recoverable).ShouldBe((RunReason.MaxTokens, false));
        // A retry goes on counting; the next turn has a budget of its own, which its last call may go beyond.
        var retried = await scene.Host.Executor.RetryAsync(Agent, new(ParityScene.SessionId), null, scene.Token);
        (await scene.EndAsync(retried)).Reason.ShouldBe(RunReason.MaxTokens);
        scene.Model.Calls.Count.ShouldBe(2);
        (await scene.RunAsync(Agent, "again")).Output.ShouldBe("fresh");
    }
}
