using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Control;

internal sealed class Resume : ParityScenario
{
    public override string Name => "resume goes on with what was said";

    public override async Task RunAsync(ParityScene scene)
    {
        var gate = new ReplyGate();
        scene.Model.Enqueue(ScriptedReply.Text("half").ThenGate(gate), "whole");
        var run = await scene.BeginAsync(ParityAgents.Writer, "go");
        await gate.Reached;
        await run.InterruptAsync("wait", cancellationToken: scene.Token);
        await scene.EndAsync(run);
        var resumed = await run.ResumeAsync(cancellationToken: scene.Token);

        (await scene.CompleteAsync(resumed)).ShouldBe("whole");
        var runs = await scene.RunsAsync();
        runs.Select(record => record.Trigger).ShouldBe([RunTrigger.Execute, RunTrigger.Resume]);
        runs.Select(record => record.Turn).ShouldBe([1, 1]);
        runs[1].ParentRunId.ShouldBe(run.RunId);
        runs[1].InstanceId.ShouldBe("agent__writer__s__resume__2");
        (await scene.MessagesAsync())[1].Content.ShouldBe("half");
    }
}
