using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Streaming;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Resume;

internal sealed class ResumeFromCheckpoint : ParityScenario
{
    public override string Name =>
        "resume from a checkpoint puts messages and state back, and keeps what is void in a list";

    public override IReadOnlyList<AgentDefinition> Agents => [ParityAgents.Noter];

    public override async Task RunAsync(ParityScene scene)
    {
        var gate = new ReplyGate();
        scene.Model.Enqueue(
            ScriptedReply.ToolCall("note", new() { ["text"] = "a" }),
            ScriptedReply.Text("b it is").ThenToolCall("note", new() { ["text"] = "b" }),
            ScriptedReply.Text("half").ThenGate(gate),
            "another way"
        );
        var run = await scene.BeginAsync(ParityAgents.Noter, "go");
        await gate.Reached;
        await run.InterruptAsync(cancellationToken: scene.Token);
        await scene.EndAsync(run);
        var checkpoints = (await run.ListCheckpointsAsync(cancellationToken: scene.Token)).Items;
        checkpoints.Select(checkpoint => checkpoint.MessageCount).ShouldBe([6, 5, 3]);
        var last = (await scene.ChunksAsync())[^1].Sequence;

        var resumed = await run.ResumeAsync(
            new() { Mode = ResumeMode.FromCheckpoint, CheckpointId = checkpoints[2].CheckpointId },
            scene.Token
        );
        await scene.CompleteAsync(resumed);

        (await scene.MessagesAsync()).Select(message => message.Content).ShouldBe(["go", null, "1", "another way"]);
        (await scene.NotesAsync()).ShouldBe(["a"]);
        (await scene.VoidedAsync()).ShouldBe(["b it is", "1", "half"]);
        var resync = (await scene.ChunksAsync()).OfType<StreamResyncChunk>().ShouldHaveSingleItem();
        (resync.Sequence, resync.SnapshotSequence).ShouldBe((last + 1, last + 1));
        (await run.ListCheckpointsAsync(cancellationToken: scene.Token))
            .Items.Select(checkpoint => checkpoint.IsVoided)
            .ShouldBe([false, true, true, false]);
        (resumed.Run.StartMessageCount, resumed.Run.InputMessageCount).ShouldBe((3, 0));
    }
}
