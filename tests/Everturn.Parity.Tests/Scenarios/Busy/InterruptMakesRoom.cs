using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;
using Everturn.Streaming;

namespace Everturn.Parity.Tests.Scenarios.Busy;

internal sealed class InterruptMakesRoom : ParityScenario
{
    public override string Name => "interrupt stops the run in its way, and comes before what only waits";

    public override async Task RunAsync(ParityScene scene)
    {
        var (run, gate) = await scene.MidAnswerAsync(ParityAgents.Writer, "one");
        scene.Model.Enqueue("third", "second");
        var second = await scene.SendAsync(ParityAgents.Writer, "two", DoubleTexting.Enqueue);

        var third = await scene.SendAsync(ParityAgents.Writer, "three", DoubleTexting.Interrupt);

        var stopped = await scene.EndAsync(run);
        (stopped.Status, stopped.Reason).ShouldBe((RunStatus.Interrupted, RunReason.Superseded));
        (await scene.CompleteAsync(third)).ShouldBe("third");
        (await scene.CompleteAsync(second)).ShouldBe("second");
        (await scene.TranscriptAsync()).ShouldBe([
            "user: one",
            "assistant: half",
            "user: three",
            "assistant: third",
            "user: two",
            "assistant: second",
        ]);
        var superseded = (await scene.ChunksAsync()).OfType<RunSupersededChunk>().ShouldHaveSingleItem();
        (superseded.AgentId, superseded.RunId).ShouldBe((run.RunId, third.RunId));
        gate.Release();
        await scene.ShouldHaveNoQueueAsync();
    }
}
