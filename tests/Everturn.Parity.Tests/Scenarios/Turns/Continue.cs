using Everturn.Parity.Tests.Matrix;

namespace Everturn.Parity.Tests.Scenarios.Turns;

internal sealed class Continue : ParityScenario
{
    public override string Name => "execute again on the same session: the next turn";

    public override async Task RunAsync(ParityScene scene)
    {
        scene.Model.Enqueue("one", "two");

        await scene.RunAsync(ParityAgents.Writer, "first");
        var result = await scene.RunAsync(ParityAgents.Writer, "second");

        result.Output.ShouldBe("two");
        scene
            .Model.Calls[1]
            .Messages.Select(message => message.Text)
            .ShouldBe(["You write.", "first", "one", "second"]);
        var runs = await scene.RunsAsync();
        runs.Select(run => run.Turn).ShouldBe([1, 2]);
        runs.Select(run => run.InstanceId).ShouldBe(["agent__writer__s", "agent__writer__s__turn__2"]);
    }
}
