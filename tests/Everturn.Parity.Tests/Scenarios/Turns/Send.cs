using Everturn.Parity.Tests.Matrix;

namespace Everturn.Parity.Tests.Scenarios.Turns;

internal sealed class Send : ParityScenario
{
    public override string Name => "send on a handle";

    public override async Task RunAsync(ParityScene scene)
    {
        scene.Model.Enqueue("one", "two");
        var first = await scene.BeginAsync(ParityAgents.Writer, "first");
        await scene.CompleteAsync(first);

        var second = await first.SendAsync("second", scene.Token);

        (await scene.CompleteAsync(second)).ShouldBe("two");
        second.RunId.ShouldNotBe(first.RunId);
    }
}
