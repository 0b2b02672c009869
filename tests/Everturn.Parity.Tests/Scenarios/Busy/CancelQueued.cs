using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;

namespace Everturn.Parity.Tests.Scenarios.Busy;

internal sealed class CancelQueued : ParityScenario
{
    public override string Name => "a message that waits can be withdrawn, and then never begins";

    public override async Task RunAsync(ParityScene scene)
    {
        var (run, gate) = await scene.MidAnswerAsync(ParityAgents.Writer, "one");
        scene.Model.Enqueue("third");
        var second = await scene.SendAsync(ParityAgents.Writer, "two", DoubleTexting.Enqueue, "r-2");
        var third = await scene.SendAsync(ParityAgents.Writer, "three", DoubleTexting.Enqueue);
        var fourth = await scene.SendAsync(ParityAgents.Writer, "four", DoubleTexting.Steer);

        (await second.InterruptAsync("never mind", cancellationToken: scene.Token)).ShouldBe(RunStatus.Interrupted);
        (await fourth.AbortAsync(null, scene.Token)).ShouldBe(RunStatus.Failed);

        var withdrawn = await second.ResultAsync(scene.Token);
        (withdrawn.Status, withdrawn.Reason).ShouldBe((RunStatus.Interrupted, "never mind"));
        (await fourth.ResultAsync(scene.Token)).Reason.ShouldBe(RunReason.Aborted);
        (await second.StreamAsync(cancellationToken: scene.Token).CountAsync(scene.Token)).ShouldBe(0);
        gate.Release();
        (await scene.CompleteAsync(run)).ShouldBe("half done");
        (await scene.CompleteAsync(third)).ShouldBe("third");
        (await scene.TranscriptAsync()).ShouldBe([
            "user: one",
            "assistant: half done",
            "user: three",
            "assistant: third",
        ]);

        // Withdrawn is withdrawn, also when it is asked for again.
        var again = await scene.SendAsync(ParityAgents.Writer, "two", DoubleTexting.Enqueue, "r-2");
        (again.RunId, again.IsReplay, again.Run.Status).ShouldBe((second.RunId, true, RunStatus.Interrupted));
        await scene.ShouldHaveNoQueueAsync();
    }
}
