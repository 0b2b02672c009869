using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Retry;

internal sealed class RetryRefused : ParityScenario
{
    public override string Name => "an interrupted run can be retried, one that is running or completed cannot";

    public override async Task RunAsync(ParityScene scene)
    {
        var interrupted = await scene.MidAnswerAsync();
        var gate = new ReplyGate();
        scene.Model.Enqueue(ScriptedReply.Empty.ThenGate(gate).ThenText("done"));

        var retried = await interrupted.ResumeAsync(new() { Mode = ResumeMode.Retry }, scene.Token);
        await scene.ShouldRefuseAsync(ResumeRefusal.Running, () => retried.RetryAsync(cancellationToken: scene.Token));
        gate.Release();
        await scene.CompleteAsync(retried);

        retried.Run.InstanceId.ShouldBe("agent__writer__s__retry__2");
        await scene.ShouldRefuseAsync(
            ResumeRefusal.Completed,
            () => retried.RetryAsync(cancellationToken: scene.Token)
        );
    }
}
