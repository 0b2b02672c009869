using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Failures;

internal sealed class MaxSteps : ParityScenario
{
    private static readonly AgentDefinition<string> Agent = AgentDefinition
        .Create("looper")
        .WithTool((string text) => text, options => options.Name = "note")
        .WithMaxSteps(2)
        .Build();

    public override string Name => "a run that uses up its steps fails";

    public override IReadOnlyList<AgentDefinition> Agents => [Agent];

    public override async Task RunAsync(ParityScene scene)
    {
        var call = ScriptedReply.ToolCall("note", new() { ["text"] = "a" });
        scene.Model.Enqueue(call, call, "fresh start");

        var result = await scene.RunAsync(Agent, "go");

        result.Status.ShouldBe(RunStatus.Failed);
        result.Reason.ShouldBe(RunReason.MaxSteps);
        (await scene.RunAsync(Agent, "again")).Output.ShouldBe("fresh start");
    }
}
