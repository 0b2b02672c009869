using System.Text.Json;
using Everturn.Agents;
using Everturn.Parity.Tests.Hosts;
using Everturn.Parity.Tests.Matrix;

namespace Everturn.Parity.Tests.Scenarios.Turns;

internal sealed class InitialState : ParityScenario
{
    public override string Name => "properties of the input go into the state";

    public override IReadOnlyList<AgentDefinition> Agents => [ParityAgents.Noter];

    public override async Task RunAsync(ParityScene scene)
    {
        scene.Model.Enqueue("one", "two");
        using var state = JsonDocument.Parse("""{"items":["given"]}""");

        await scene.RunAsync(ParityAgents.Noter, new AgentInput { Message = "go", State = state.RootElement });
        var run = await scene.BeginAsync(ParityAgents.Noter, "again");
        await scene.CompleteAsync(run);

        Notes.Key.Read(await run.GetStateAsync(scene.Token)).Items.ShouldBe(["given"]);
    }
}
