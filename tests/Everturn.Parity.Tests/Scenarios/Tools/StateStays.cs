using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Tools;

internal sealed class StateStays : ParityScenario
{
    private readonly AgentDefinition<string> _agent = AgentDefinition
        .Create("looker")
        .WithState(Hosts.Notes.Key)
        .WithTool(
            (string text, ToolContext context) =>
                context.UpdateState(Hosts.Notes.Key, notes => new([.. notes.Items, text])),
            options => options.Name = "note"
        )
        .WithTool(() => "nothing", options => options.Name = "look")
        .Build();

    public override string Name => "a step that changes nothing leaves the state as it is";

    public override IReadOnlyList<AgentDefinition> Agents => [_agent];

    public override async Task RunAsync(ParityScene scene)
    {
        scene.Model.Enqueue(
            ScriptedReply.ToolCall("note", new() { ["text"] = "a" }),
            ScriptedReply.ToolCall("look"),
            "done"
        );

        await scene.RunAsync(_agent, "go");

        (await scene.NotesAsync()).ShouldBe(["a"]);
    }
}
