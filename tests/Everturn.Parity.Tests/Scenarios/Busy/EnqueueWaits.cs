using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;

namespace Everturn.Parity.Tests.Scenarios.Busy;

internal sealed class EnqueueWaits : ParityScenario
{
    public override string Name =>
        "enqueue waits, is listed, and begins in order; a repeated request gives the same run";

    public override async Task RunAsync(ParityScene scene)
    {
        var (run, gate) = await scene.MidAnswerAsync(ParityAgents.Writer, "one");
        scene.Model.Enqueue("second", "third");

        var second = await scene.SendAsync(ParityAgents.Writer, "two", DoubleTexting.Enqueue, "r-2");
        var third = await scene.SendAsync(ParityAgents.Writer, "three", DoubleTexting.Enqueue);
        var again = await scene.SendAsync(ParityAgents.Writer, "two", DoubleTexting.Enqueue, "r-2");

        (again.RunId, again.IsReplay).ShouldBe((second.RunId, true));
        second.Run.Status.ShouldBe(RunStatus.Queued);
        (await scene.RunsAsync())
            .Select(each => (each.RunId, each.Status, each.Ordinal))
            .ShouldBe([
                (run.RunId, RunStatus.Running, 1),
                (second.RunId, RunStatus.Queued, 0),
                (third.RunId, RunStatus.Queued, 0),
            ]);
        (await scene.Store.GetSessionAsync(Stopped.Key, scene.Token))!.QueuedRuns.ShouldBe(2);
        await Should.ThrowAsync<RequestConflictException>(() =>
            scene.SendAsync(ParityAgents.Writer, "other", DoubleTexting.Enqueue, "r-2")
        );

        gate.Release();

        (await scene.CompleteAsync(run)).ShouldBe("half done");
        (await scene.CompleteAsync(third)).ShouldBe("third");
        (await scene.CompleteAsync(second)).ShouldBe("second");
        (await scene.TranscriptAsync()).ShouldBe([
            "user: one",
            "assistant: half done",
            "user: two",
            "assistant: second",
            "user: three",
            "assistant: third",
        ]);
        (await scene.RunsAsync())
            .Select(each => (each.RunId, each.Ordinal, each.Turn))
            .ShouldBe([(run.RunId, 1, 1), (second.RunId, 2, 2), (third.RunId, 3, 3)]);
        (await scene.SendAsync(ParityAgents.Writer, "two", DoubleTexting.Enqueue, "r-2")).RunId.ShouldBe(second.RunId);
        await scene.ShouldHaveNoQueueAsync();
    }
}
