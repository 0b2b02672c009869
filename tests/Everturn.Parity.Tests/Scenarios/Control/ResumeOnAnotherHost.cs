using Everturn.Parity.Tests.Matrix;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Control;

internal sealed class ResumeOnAnotherHost : ParityScenario
{
    public override string Name => "resume on another host";

    public override async Task RunAsync(ParityScene scene)
    {
        var gate = new ReplyGate();
        scene.Model.Enqueue(ScriptedReply.Text("half").ThenGate(gate), "whole");
        var run = await scene.BeginAsync(ParityAgents.Writer, "go");
        await gate.Reached;
        await run.InterruptAsync("wait", cancellationToken: scene.Token);
        await scene.EndAsync(run);
        var other = await scene.StartHostAsync();
        var found = await other.Executor.GetHandleAsync(ParityAgents.Writer, ParityScene.SessionId, "", scene.Token);
        var resumed = await found!.ResumeAsync(cancellationToken: scene.Token);

        (await scene.CompleteAsync(resumed)).ShouldBe("whole");
    }
}
