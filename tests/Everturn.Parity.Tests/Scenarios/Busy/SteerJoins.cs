using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;
using Everturn.Streaming;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Busy;

internal sealed class SteerJoins : ParityScenario
{
    public override string Name => "steer joins the run before its next model call, state and all";

    public override IReadOnlyList<AgentDefinition> Agents => [ParityAgents.Noter];

    public override async Task RunAsync(ParityScene scene)
    {
        var gate = new ReplyGate();
        scene.Model.Enqueue(
            ScriptedReply.Text("Let me see").ThenGate(gate).ThenToolCall("note", new() { ["text"] = "a" }),
            "as you wish"
        );
        var run = await scene.BeginAsync(ParityAgents.Noter, "go");
        await gate.Reached;

        var steered = await scene.SendAsync(
            ParityAgents.Noter,
            new() { Message = "left, please", State = System.Text.Json.JsonElement.Parse("""{"items":["b"]}""") },
            DoubleTexting.Steer,
            "r-2"
        );
        steered.Run.Status.ShouldBe(RunStatus.Queued);
        gate.Release();

        (await scene.CompleteAsync(run)).ShouldBe("as you wish");
        // Whoever steers gets what comes of the run that it joined.
        var result = await steered.ResultAsync(scene.Token);
        (result.Status, result.Output).ShouldBe((RunStatus.Completed, "as you wish"));
        (await scene.TranscriptAsync()).ShouldBe([
            "user: go",
            "assistant: Let me see",
            "tool: 1",
            "user: left, please",
            "assistant: as you wish",
        ]);
        (await scene.NotesAsync()).ShouldBe(["b"]);
        scene.LastAsked()[^1].ShouldBe("left, please");
        (await scene.RunsAsync()).ShouldHaveSingleItem().StepCount.ShouldBe(2);
        (await scene.ChunksAsync()).OfType<RunSteeredChunk>().ShouldHaveSingleItem().RunId.ShouldBe(steered.RunId);
        var again = await scene.SendAsync(
            ParityAgents.Noter,
            new() { Message = "left, please", State = System.Text.Json.JsonElement.Parse("""{"items":["b"]}""") },
            DoubleTexting.Steer,
            "r-2"
        );
        (again.RunId, again.Run.Status, again.Run.ParentRunId).ShouldBe((steered.RunId, RunStatus.Joined, run.RunId));
        await scene.ShouldHaveNoQueueAsync();
    }
}
