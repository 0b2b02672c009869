using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Tools;

internal sealed class FailingTool : ParityScenario
{
    private static readonly AgentDefinition<string> Agent = AgentDefinition
        .Create("thrower")
        .WithTool(string () => throw new InvalidOperationException("it broke"), options => options.Name = "broken")
        .Build();

    public override string Name => "a tool that throws or is unknown is news for the model";

    public override IReadOnlyList<AgentDefinition> Agents => [Agent];

    public override async Task RunAsync(ParityScene scene)
    {
        scene.Model.Enqueue(ScriptedReply.ToolCall("broken").ThenToolCall("absent"), "sorry");

        (await scene.RunAsync(Agent, "go")).Output.ShouldBe("sorry");

        var messages = await scene.MessagesAsync();
        messages[2].Content.ShouldBe("it broke");
        messages[3].Content.ShouldNotBeNull().ShouldContain("There is no tool 'absent'");
        messages[2].IsError.ShouldBeTrue();
    }
}
