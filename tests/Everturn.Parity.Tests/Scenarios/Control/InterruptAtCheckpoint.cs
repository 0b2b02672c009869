using Everturn.Agents;
using Everturn.Parity.Tests.Hosts;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Control;

internal sealed class InterruptAtCheckpoint : ParityScenario
{
    public override string Name => "interrupt at the checkpoint lets the step end";

    public override IReadOnlyList<AgentDefinition> Agents => [ParityAgents.Noter];

    public override async Task RunAsync(ParityScene scene)
    {
        var gate = new ReplyGate();
        scene.Model.Enqueue(ScriptedReply.ToolCall("note", new() { ["text"] = "a" }).ThenGate(gate));
        var run = await scene.BeginAsync(ParityAgents.Noter, "go");
        await gate.Reached;

        await run.InterruptAsync("soon", InterruptMode.AtCheckpoint, scene.Token);
        gate.Release();
        var result = await scene.EndAsync(run);

        result.Status.ShouldBe(RunStatus.Interrupted);
        result.Reason.ShouldBe("soon");
        Notes.Key.Read(await run.GetStateAsync(scene.Token)).Items.ShouldBe(["a"]);
    }
}
