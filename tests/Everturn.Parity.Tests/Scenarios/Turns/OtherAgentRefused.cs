using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;

namespace Everturn.Parity.Tests.Scenarios.Turns;

internal sealed class OtherAgentRefused : ParityScenario
{
    public override string Name => "a session keeps its agent";

    public override IReadOnlyList<AgentDefinition> Agents => [ParityAgents.Writer, ParityAgents.Noter];

    public override async Task RunAsync(ParityScene scene)
    {
        scene.Model.Enqueue("one");
        await scene.RunAsync(ParityAgents.Writer, "go");

        var refused = await Should.ThrowAsync<AgentMismatchException>(() => scene.BeginAsync(ParityAgents.Noter, "go"));

        refused.ActualAgentType.ShouldBe("writer");
        (await scene.RunsAsync()).Count.ShouldBe(1);
    }
}
