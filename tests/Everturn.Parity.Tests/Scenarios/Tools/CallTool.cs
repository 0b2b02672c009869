using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Tools;

internal sealed class CallTool : ParityScenario
{
    public override string Name => "a tool is called and the model reads its result";

    public override IReadOnlyList<AgentDefinition> Agents => [ParityAgents.Noter];

    public override async Task RunAsync(ParityScene scene)
    {
        scene.Model.Enqueue(ScriptedReply.ToolCall("note", new() { ["text"] = "abc" }), "noted");

        var result = await scene.RunAsync(ParityAgents.Noter, "note it");

        result.Output.ShouldBe("noted");
        var messages = await scene.MessagesAsync();
        messages.Select(message => message.Role.Value).ShouldBe(["user", "assistant", "tool", "assistant"]);
        messages[2].Content.ShouldBe("3");
        (await scene.ChunksAsync())
            .Select(chunk => chunk.Type)
            .ShouldBe([
                "tool_start",
                "tool_end",
                "state_patch",
                "checkpoint_created",
                "step_committed",
                "text_delta",
                "output",
                "checkpoint_created",
                "step_committed",
            ]);
    }
}
