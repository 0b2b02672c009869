using Everturn.Agents;
using Everturn.Parity.Tests.Hosts;
using Everturn.Parity.Tests.Matrix;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Control;

internal sealed class ResumeFromCheckpoint : ParityScenario
{
    public override string Name => "resume from a checkpoint: what came after it is void";

    public override IReadOnlyList<AgentDefinition> Agents => [ParityAgents.Noter];

    public override async Task RunAsync(ParityScene scene)
    {
        var gate = new ReplyGate();
        scene.Model.Enqueue(
            ScriptedReply.ToolCall("note", new() { ["text"] = "a" }),
            ScriptedReply.Text("half").ThenGate(gate),
            "another"
        );
        var run = await scene.BeginAsync(ParityAgents.Noter, "note");
        await gate.Reached;
        await run.InterruptAsync(cancellationToken: scene.Token);
        await scene.EndAsync(run);
        var checkpoints = (await run.ListCheckpointsAsync(cancellationToken: scene.Token)).Items;

        var resumed = await run.ResumeAsync(
            new() { Mode = ResumeMode.FromCheckpoint, CheckpointId = checkpoints[^1].CheckpointId },
            scene.Token
        );

        (await scene.CompleteAsync(resumed)).ShouldBe("another");
        (await scene.MessagesAsync()).Select(message => message.Content).ShouldBe(["note", null, "1", "another"]);
        Notes.Key.Read(await resumed.GetStateAsync(scene.Token)).Items.ShouldBe(["a"]);
    }
}
