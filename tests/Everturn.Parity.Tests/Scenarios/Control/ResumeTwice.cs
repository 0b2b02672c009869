using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Control;

internal sealed class ResumeTwice : ParityScenario
{
    public override string Name => "a repeated resume is one run";

    public override async Task RunAsync(ParityScene scene)
    {
        var gate = new ReplyGate();
        scene.Model.Enqueue(ScriptedReply.Text("half").ThenGate(gate), "whole");
        var run = await scene.BeginAsync(ParityAgents.Writer, "go");
        await gate.Reached;
        await run.InterruptAsync("wait", cancellationToken: scene.Token);
        await scene.EndAsync(run);
        var options = new ResumeOptions { RequestId = "r-1" };
        var first = await run.ResumeAsync(options, scene.Token);
        (await scene.CompleteAsync(first)).ShouldBe("whole");
        var again = await run.ResumeAsync(options, scene.Token);

        again.RunId.ShouldBe(first.RunId);
        again.IsReplay.ShouldBeTrue();
        (await scene.RunsAsync()).Count.ShouldBe(2);
    }
}
