using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;

namespace Everturn.Parity.Tests.Scenarios.Control;

internal sealed class AbortInterrupted : ParityScenario
{
    public override string Name => "abort of an interrupted run, from another host";

    public override async Task RunAsync(ParityScene scene)
    {
        var run = await scene.MidAnswerAsync();
        var other = await scene.StartHostAsync();

        var aborted = await other.Executor.AbortAsync(Stopped.Key, "not any more", scene.Token);

        (aborted!.Status, aborted.Reason, aborted.Error).ShouldBe(
            (RunStatus.Failed, RunReason.Aborted, "not any more")
        );
        (await scene.EndAsync(run)).Reason.ShouldBe(RunReason.Aborted);
        (await scene.Store.GetSessionAsync(Stopped.Key, scene.Token))!.Status.ShouldBe(SessionStatus.Failed);
        await scene.ShouldRefuseAsync(ResumeRefusal.Aborted, () => run.ResumeAsync(cancellationToken: scene.Token));
        (await other.Executor.AbortAsync(Stopped.Key, "again", scene.Token))!.Error.ShouldBe("not any more");
    }
}
