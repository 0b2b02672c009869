using Everturn.Parity.Tests.Matrix;

namespace Everturn.Parity.Tests.Scenarios.Reading;

internal sealed class AfterTheEnd : ParityScenario
{
    public override string Name => "a run that is over is read like one that is not";

    public override async Task RunAsync(ParityScene scene)
    {
        scene.Model.Enqueue("one", "two");
        var first = await scene.BeginAsync(ParityAgents.Writer, "go");
        await first.WaitAsync(scene.Token);
        await scene.RunAsync(ParityAgents.Writer, "again");

        (await scene.CompleteAsync(first)).ShouldBe("one");
    }
}
