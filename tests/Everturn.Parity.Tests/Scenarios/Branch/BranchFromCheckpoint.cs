using System.Text.Json;
using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;
using Everturn.Streaming;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Branch;

internal sealed class BranchFromCheckpoint : ParityScenario
{
    public override string Name => "branch goes another way from an earlier checkpoint, also of a completed session";

    public override IReadOnlyList<AgentDefinition> Agents => [ParityAgents.Noter];

    public override async Task RunAsync(ParityScene scene)
    {
        scene.Model.Enqueue(
            ScriptedReply.ToolCall("note", new() { ["text"] = "a" }),
            "noted a",
            ScriptedReply.ToolCall("note", new() { ["text"] = "b" }),
            "noted b",
            "noted c"
        );
        await scene.RunAsync(ParityAgents.Noter, "note a");
        var second = await scene.BeginAsync(ParityAgents.Noter, "note b");
        await scene.EndAsync(second);
        var checkpoints = (await second.ListCheckpointsAsync(cancellationToken: scene.Token)).Items;
        var first = checkpoints.Single(checkpoint => checkpoint.MessageCount == 4);

        var branch = await second.ResumeAsync(
            new()
            {
                Mode = ResumeMode.Branch,
                CheckpointId = first.CheckpointId,
                ModifyState = JsonElement.Parse("""{"items":["c"]}"""),
                AppendMessages = [AgentMessage.FromUser("note c")],
            },
            scene.Token
        );
        await scene.CompleteAsync(branch);

        (await scene.MessagesAsync())
            .Select(message => message.Content)
            .ShouldBe(["note a", null, "1", "noted a", "note c", "noted c"]);
        (await scene.NotesAsync()).ShouldBe(["c"]);
        (await scene.VoidedAsync()).ShouldBe(["note b", null, "1", "noted b"]);
        scene.LastAsked()[^1].ShouldBe("note c");
        (await scene.ChunksAsync()).OfType<StreamResyncChunk>().ShouldHaveSingleItem().Reason.ShouldBe("branch");
        (branch.Run.Trigger, branch.Run.InstanceId).ShouldBe((RunTrigger.Resume, "agent__noter__s__resume__3"));

        var voided = await Should.ThrowAsync<CheckpointNotFoundException>(() =>
            branch.ResumeAsync(
                new() { Mode = ResumeMode.Branch, CheckpointId = checkpoints[0].CheckpointId },
                scene.Token
            )
        );
        voided.IsVoided.ShouldBeTrue();
    }
}
