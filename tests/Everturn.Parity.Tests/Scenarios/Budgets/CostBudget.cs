using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Budgets;

internal sealed class CostBudget : ParityScenario
{
    private static readonly AgentDefinition<string> Agent = AgentDefinition
        .Create("dear")
        .WithTool((string text) => text, options => options.Name = "note")
        .WithChatOptions(new() { ModelId = "model" })
        .WithRunBudget(new() { Cost = 1m })
        .WithSessionBudget(new() { Cost = 2m })
        .Build();

    public override string Name =>
        "a run and a session that cost as much as they may end, by the prices that are given";

    public override IReadOnlyList<AgentDefinition> Agents => [Agent];

    public override async Task RunAsync(ParityScene scene)
    {
        // 0.5 for the prompt and 0.5 for the answer.
        var call = ScriptedReply.ToolCall("note", new() { ["text"] = "a" }).ThenUsage(250_000, 50_000);
        scene.Model.Enqueue(call, call);

        (await scene.RunAsync(Agent, "go")).Reason.ShouldBe(RunReason.MaxCost);
        (await scene.RunAsync(Agent, "go")).Reason.ShouldBe(RunReason.MaxCost);
        (await scene.RunAsync(Agent, "go")).Reason.ShouldBe(RunReason.SessionMaxCost);
        scene.Model.Calls.Count.ShouldBe(2);
    }
}
