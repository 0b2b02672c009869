using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Resume;

internal sealed class ResumeAfterTools : ParityScenario
{
    public override string Name => "resume after a step whose tools are done asks the model with their results";

    public override IReadOnlyList<AgentDefinition> Agents => [ParityAgents.Noter];

    public override async Task RunAsync(ParityScene scene)
    {
        var gate = new ReplyGate();
        scene.Model.Enqueue(ScriptedReply.ToolCall("note", new() { ["text"] = "a" }).ThenGate(gate), "noted");
        var run = await scene.BeginAsync(ParityAgents.Noter, "go");
        await gate.Reached;
        await run.InterruptAsync(mode: InterruptMode.AtCheckpoint, cancellationToken: scene.Token);
        gate.Release();
        await scene.EndAsync(run);

        var resumed = await run.ResumeAsync(cancellationToken: scene.Token);
        await scene.CompleteAsync(resumed);

        (await scene.MessagesAsync())
            .Select(message => message.Role)
            .ShouldBe([MessageRole.User, MessageRole.Assistant, MessageRole.Tool, MessageRole.Assistant]);
        (await scene.NotesAsync()).ShouldBe(["a"]);
        (await resumed.GetUsageRollupAsync(scene.Token)).ToolStats.TotalCalls.ShouldBe(1);
    }
}
