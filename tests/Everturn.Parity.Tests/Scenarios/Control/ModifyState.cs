using Everturn.Agents;
using Everturn.Parity.Tests.Hosts;
using Everturn.Parity.Tests.Matrix;
using Everturn.Testing.Models;
using System.Text.Json;

namespace Everturn.Parity.Tests.Scenarios.Control;

internal sealed class ModifyState : ParityScenario
{
    public override string Name => "resume with another state";

    public override IReadOnlyList<AgentDefinition> Agents => [ParityAgents.Noter];

    public override async Task RunAsync(ParityScene scene)
    {
        var gate = new ReplyGate();
        scene.Model.Enqueue(ScriptedReply.Text("half").ThenGate(gate), "whole");
        var run = await scene.BeginAsync(ParityAgents.Noter, "go");
        await gate.Reached;
        await run.InterruptAsync(cancellationToken: scene.Token);
        await scene.EndAsync(run);
        using var state = JsonDocument.Parse("""{"items":["given"]}""");

        var resumed = await run.ResumeAsync(new() { ModifyState = state.RootElement }, scene.Token);

        (await scene.CompleteAsync(resumed)).ShouldBe("whole");
        Notes.Key.Read(await resumed.GetStateAsync(scene.Token)).Items.ShouldBe(["given"]);
    }
}
