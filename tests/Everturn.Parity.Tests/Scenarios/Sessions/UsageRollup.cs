using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Sessions;

internal sealed class UsageRollup : ParityScenario
{
    public override string Name => "usage of models and tools adds up over turns";

    public override IReadOnlyList<AgentDefinition> Agents => [ParityAgents.Noter];

    public override async Task RunAsync(ParityScene scene)
    {
        scene.Model.Enqueue(
            ScriptedReply.ToolCall("note", new() { ["text"] = "a" }).ThenUsage(10, 2),
            ScriptedReply.Text("noted").ThenUsage(20, 3),
            ScriptedReply.Text("again").ThenUsage(30, 4)
        );

        await scene.RunAsync(ParityAgents.Noter, "note");
        await scene.RunAsync(ParityAgents.Noter, "go on");

        var rollup = await scene.Store.GetRollupAsync(new(ParityScene.SessionId), scene.Token);
        rollup.Tokens.Total.ShouldBe(69);
    }
}
