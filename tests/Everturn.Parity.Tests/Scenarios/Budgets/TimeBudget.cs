using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;
using Everturn.Streaming;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Budgets;

internal sealed class TimeBudget : ParityScenario
{
    private static readonly AgentDefinition<string> Agent = AgentDefinition
        .Create("hasty")
        .WithRunBudget(new() { Time = TimeSpan.FromMilliseconds(50) })
        .Build();

    public override string Name => "a run whose time is up fails, whatever its model is doing";

    public override IReadOnlyList<AgentDefinition> Agents => [Agent];

    public override async Task RunAsync(ParityScene scene)
    {
        scene.Model.Enqueue(ScriptedReply.Stall());

        var result = await scene.RunAsync(Agent, "go");

        (result.Status, result.Reason).ShouldBe((RunStatus.Failed, RunReason.MaxTime));
        (await scene.ChunksAsync()).OfType<ErrorChunk>().ShouldHaveSingleItem().Code.ShouldBe(RunReason.MaxTime);
    }
}
