using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;

namespace Everturn.Parity.Tests.Scenarios.Sessions;

internal sealed class Rename : ParityScenario
{
    public override string Name => "rename, and find by the new title";

    public override async Task RunAsync(ParityScene scene)
    {
        scene.Model.Enqueue("one");
        var run = await scene.BeginAsync(ParityAgents.Writer, "go");
        await scene.CompleteAsync(run);

        await scene.Store.ChangeSessionAsync(
            run.Session,
            new() { Title = "Renamed by hand" },
            TimeProvider.System.GetUtcNow(),
            scene.Token
        );

        var found = await scene.Store.ListSessionsAsync(new() { Text = "by hand" }, scene.Token);
        found.Items.ShouldHaveSingleItem().Title.ShouldBe("Renamed by hand");
    }
}
