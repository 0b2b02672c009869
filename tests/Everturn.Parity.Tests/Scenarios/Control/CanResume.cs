using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Control;

internal sealed class CanResume : ParityScenario
{
    public override string Name => "canResume says whether, and why not";

    public override async Task RunAsync(ParityScene scene)
    {
        var gate = new ReplyGate();
        scene.Model.Enqueue(ScriptedReply.Text("half").ThenGate(gate), "whole");
        var run = await scene.BeginAsync(ParityAgents.Writer, "go");
        await gate.Reached;
        (await run.CanResumeAsync(scene.Token)).Reason.ShouldBe(ResumeRefusal.Running);

        await run.InterruptAsync(cancellationToken: scene.Token);
        await scene.EndAsync(run);
        (await run.CanResumeAsync(scene.Token)).CanResume.ShouldBeTrue();

        await scene.CompleteAsync(await run.ResumeAsync(cancellationToken: scene.Token));
        var check = await run.CanResumeAsync(scene.Token);
        check.CanResume.ShouldBeFalse();
        check.Reason.ShouldBe(ResumeRefusal.Completed);
        await Should.ThrowAsync<CannotResumeException>(() => run.ResumeAsync(cancellationToken: scene.Token));
    }
}
