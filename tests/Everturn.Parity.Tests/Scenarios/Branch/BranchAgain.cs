using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;

namespace Everturn.Parity.Tests.Scenarios.Branch;

internal sealed class BranchAgain : ParityScenario
{
    public override string Name => "branch twice from one checkpoint, and void parts add up";

    public override async Task RunAsync(ParityScene scene)
    {
        scene.Model.Enqueue("one", "two", "another two", "a third two", "next");
        await scene.RunAsync(ParityAgents.Writer, "1");
        var run = await scene.BeginAsync(ParityAgents.Writer, "2");
        await scene.EndAsync(run);
        var checkpoint = (await run.ListCheckpointsAsync(cancellationToken: scene.Token)).Items[^1];
        var options = new ResumeOptions
        {
            Mode = ResumeMode.Branch,
            CheckpointId = checkpoint.CheckpointId,
            Message = "2 again",
        };

        await scene.CompleteAsync(await run.ResumeAsync(options, scene.Token));
        await scene.CompleteAsync(await run.ResumeAsync(options, scene.Token));
        await scene.RunAsync(ParityAgents.Writer, "3");

        (await scene.MessagesAsync())
            .Select(message => message.Content)
            .ShouldBe(["1", "one", "2 again", "a third two", "3", "next"]);
        (await scene.VoidedAsync()).ShouldBe(["2", "two", "2 again", "another two"]);
        (await scene.RunsAsync()).Select(record => record.Turn).ShouldBe([1, 2, 2, 2, 3]);
    }
}
