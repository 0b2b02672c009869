using Everturn.Parity.Tests.Matrix;

namespace Everturn.Parity.Tests.Scenarios.Turns;

internal sealed class ExecuteByName : ParityScenario
{
    public override string Name => "execute an agent known by name only";

    public override async Task RunAsync(ParityScene scene)
    {
        scene.Model.Enqueue("Hello");

        var run = await scene.Host.Executor.ExecuteAsync("writer", "Hi", null, scene.Token);

        (await run.WaitAsync(scene.Token)).OutputJson.GetString().ShouldBe("Hello");
    }
}
