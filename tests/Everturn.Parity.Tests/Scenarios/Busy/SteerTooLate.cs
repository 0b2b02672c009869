using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;

namespace Everturn.Parity.Tests.Scenarios.Busy;

internal sealed class SteerTooLate : ParityScenario
{
    public override string Name => "steer begins a run of its own where the run ends without another model call";

    public override async Task RunAsync(ParityScene scene)
    {
        var (run, gate) = await scene.MidAnswerAsync(ParityAgents.Writer, "one");
        scene.Model.Enqueue("second");
        var steered = await scene.SendAsync(ParityAgents.Writer, "two", DoubleTexting.Steer);

        gate.Release();

        (await scene.CompleteAsync(run)).ShouldBe("half done");
        (await scene.CompleteAsync(steered)).ShouldBe("second");
        (await scene.RunsAsync())
            .Select(each => (each.RunId, each.Turn, each.Status))
            .ShouldBe([(run.RunId, 1, RunStatus.Completed), (steered.RunId, 2, RunStatus.Completed)]);
        await scene.ShouldHaveNoQueueAsync();
    }
}
