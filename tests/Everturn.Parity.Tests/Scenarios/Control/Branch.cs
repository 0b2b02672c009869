using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;
using Everturn.Streaming;

namespace Everturn.Parity.Tests.Scenarios.Control;

internal sealed class Branch : ParityScenario
{
    public override string Name => "branch goes another way from a checkpoint";

    public override async Task RunAsync(ParityScene scene)
    {
        scene.Model.Enqueue("one", "two", "three");
        var first = await scene.BeginAsync(ParityAgents.Writer, "first");
        await scene.CompleteAsync(first);
        await scene.RunAsync(ParityAgents.Writer, "second");
        var checkpoints = (await first.ListCheckpointsAsync(cancellationToken: scene.Token)).Items;

        var branch = await first.ResumeAsync(
            new()
            {
                Mode = ResumeMode.Branch,
                CheckpointId = checkpoints[^1].CheckpointId,
                AppendMessages = [AgentMessage.FromUser("by the way")],
                Message = "another way",
            },
            scene.Token
        );

        (await scene.CompleteAsync(branch)).ShouldBe("three");
        (await scene.MessagesAsync())
            .Select(message => message.Content)
            .ShouldBe(["first", "one", "by the way", "another way", "three"]);
        (await scene.ChunksAsync()).OfType<StreamResyncChunk>().Count().ShouldBe(1);
    }
}
