using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Control;

internal sealed class Abort : ParityScenario
{
    public override string Name => "abort is final: failed, and not resumable";

    public override async Task RunAsync(ParityScene scene)
    {
        var gate = new ReplyGate();
        scene.Model.Enqueue(ScriptedReply.Text("half").ThenGate(gate), "afresh");
        var run = await scene.BeginAsync(ParityAgents.Writer, "go");
        await gate.Reached;

        (await run.AbortAsync("no more", scene.Token)).ShouldBe(RunStatus.Running);
        var result = await scene.EndAsync(run);

        result.Status.ShouldBe(RunStatus.Failed);
        result.Reason.ShouldBe(RunReason.Aborted);
        result.Error.ShouldBe("no more");
        var check = await run.CanResumeAsync(scene.Token);
        check.CanResume.ShouldBeFalse();
        check.Reason.ShouldBe(ResumeRefusal.Aborted);
        await Should.ThrowAsync<CannotResumeException>(() => run.ResumeAsync(cancellationToken: scene.Token));
        await Should.ThrowAsync<CannotResumeException>(() => run.RetryAsync(cancellationToken: scene.Token));
        (await scene.RunAsync(ParityAgents.Writer, "again")).Output.ShouldBe("afresh");
    }
}
