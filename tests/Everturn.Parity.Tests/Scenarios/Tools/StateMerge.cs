using Everturn.Agents;
using Everturn.Parity.Tests.Hosts;
using Everturn.Parity.Tests.Matrix;
using Everturn.Streaming;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Tools;

internal sealed class StateMerge : ParityScenario
{
    public override string Name => "parallel calls all add to the state";

    public override IReadOnlyList<AgentDefinition> Agents => [ParityAgents.Noter];

    public override async Task RunAsync(ParityScene scene)
    {
        scene.Model.Enqueue(
            ScriptedReply
                .ToolCall("note", new() { ["text"] = "a" })
                .ThenToolCall("note", new() { ["text"] = "b" })
                .ThenToolCall("note", new() { ["text"] = "c" }),
            "noted"
        );

        var run = await scene.BeginAsync(ParityAgents.Noter, "note");
        await scene.CompleteAsync(run);

        Notes.Key.Read(await run.GetStateAsync(scene.Token)).Items.ShouldBe(["a", "b", "c"]);
        (await scene.ChunksAsync()).OfType<StatePatchChunk>().ShouldHaveSingleItem().Patches.Count.ShouldBe(3);
    }
}
