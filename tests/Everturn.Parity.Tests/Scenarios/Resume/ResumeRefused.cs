using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Resume;

internal sealed class ResumeRefused : ParityScenario
{
    public override string Name =>
        "a run that is running, completed, failed or aborted is not resumed, and why is said";

    public override async Task RunAsync(ParityScene scene)
    {
        await Should.ThrowAsync<SessionNotFoundException>(() =>
            scene.Host.Executor.ResumeAsync(Stopped.Key, cancellationToken: scene.Token)
        );
        var gate = new ReplyGate();
        scene.Model.Enqueue(ScriptedReply.Empty.ThenGate(gate).ThenText("done"));
        var run = await scene.BeginAsync(ParityAgents.Writer, "go");
        await gate.Reached;
        await RefusesAsync(scene, run, ResumeRefusal.Running);
        gate.Release();
        await scene.EndAsync(run);
        await RefusesAsync(scene, run, ResumeRefusal.Completed);

        scene.Model.Enqueue(ScriptedReply.Fail(new HttpRequestException("no")));
        run = await scene.BeginAsync(ParityAgents.Writer, "again");
        await scene.EndAsync(run);
        await RefusesAsync(scene, run, ResumeRefusal.Failed);

        var stall = new ReplyGate();
        scene.Model.Enqueue(ScriptedReply.Text("half").ThenGate(stall));
        run = await scene.BeginAsync(ParityAgents.Writer, "again");
        await stall.Reached;
        await run.AbortAsync(cancellationToken: scene.Token);
        await scene.EndAsync(run);
        await RefusesAsync(scene, run, ResumeRefusal.Aborted);
        await scene.ShouldRefuseAsync(ResumeRefusal.Aborted, () => run.RetryAsync(cancellationToken: scene.Token));
    }

    private static async Task RefusesAsync(ParityScene scene, AgentHandle<string> run, string reason)
    {
        var check = await run.CanResumeAsync(scene.Token);
        (check.CanResume, check.Reason).ShouldBe((false, reason));
        await scene.ShouldRefuseAsync(reason, () => run.ResumeAsync(cancellationToken: scene.Token));
    }
}
