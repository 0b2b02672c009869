using Everturn.Agents;
using Everturn.Parity.Tests.Hosts;
using Everturn.Parity.Tests.Matrix;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Tools;

internal sealed class StructuredOutput : ParityScenario
{
    private static readonly AgentDefinition<Report> Agent = AgentDefinition
        .Create("reporter")
        .WithOutput(ParityJson.Default.Report)
        .Build();

    public override string Name => "a structured output, corrected by the model where it does not fit";

    public override IReadOnlyList<AgentDefinition> Agents => [Agent];

    public override async Task RunAsync(ParityScene scene)
    {
        scene.Model.Enqueue(
            ScriptedReply.Finish(new() { ["title"] = 1 }),
            ScriptedReply.Finish(new() { ["title"] = "T", ["pages"] = 3 }),
            ScriptedReply.Finish(new() { ["title"] = "U", ["pages"] = 4 })
        );

        (await scene.RunAsync(Agent, "report")).Output.ShouldBe(new Report("T", 3));
        (await scene.RunAsync(Agent, "another")).Output.ShouldBe(new Report("U", 4));

        (await scene.MessagesAsync())[^1].Content.ShouldBe("""{"acknowledged":true}""");
    }
}
