using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Sessions;

internal sealed class RunsAndCheckpoints : ParityScenario
{
    public override string Name => "runs and checkpoints are listed";

    public override IReadOnlyList<AgentDefinition> Agents => [ParityAgents.Noter];

    public override async Task RunAsync(ParityScene scene)
    {
        scene.Model.Enqueue(ScriptedReply.ToolCall("note", new() { ["text"] = "a" }), "one", "two");
        var first = await scene.BeginAsync(ParityAgents.Noter, "first");
        await scene.CompleteAsync(first);
        await scene.CompleteAsync(await first.SendAsync("second", cancellationToken: scene.Token));

        var runs = (await first.ListRunsAsync(cancellationToken: scene.Token)).Items;
        var checkpoints = (await first.ListCheckpointsAsync(cancellationToken: scene.Token)).Items;

        runs.Select(run => run.Status).ShouldBe([RunStatus.Completed, RunStatus.Completed]);
        checkpoints.Select(checkpoint => checkpoint.StepCount).ShouldBe([3, 2, 1]);
        checkpoints.Select(checkpoint => checkpoint.RunId).ShouldBe([runs[1].RunId, runs[0].RunId, runs[0].RunId]);
    }
}
