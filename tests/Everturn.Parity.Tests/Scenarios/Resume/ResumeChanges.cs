using System.Text.Json;
using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Resume;

internal sealed class ResumeChanges : ParityScenario
{
    public override string Name => "resume with another state and further messages";

    public override IReadOnlyList<AgentDefinition> Agents => [ParityAgents.Noter];

    public override async Task RunAsync(ParityScene scene)
    {
        var gate = new ReplyGate();
        scene.Model.Enqueue(ScriptedReply.Text("half").ThenGate(gate));
        var run = await scene.BeginAsync(ParityAgents.Noter, "go");
        await gate.Reached;
        await run.InterruptAsync(cancellationToken: scene.Token);
        await scene.EndAsync(run);
        scene.Model.Enqueue(ScriptedReply.ToolCall("note", new() { ["text"] = "b" }), "done");

        var resumed = await run.ResumeAsync(
            new()
            {
                ModifyState = JsonElement.Parse("""{"items":["x"]}"""),
                AppendMessages =
                [
                    new() { Role = MessageRole.System, Content = "Be brief." },
                    AgentMessage.FromUser("Go on"),
                ],
            },
            scene.Token
        );
        await scene.CompleteAsync(resumed);

        (await scene.NotesAsync()).ShouldBe(["x", "b"]);
        (await scene.MessagesAsync())
            .Select(message => message.Content)
            .ShouldBe(["go", "half", "Be brief.", "Go on", null, "1", "done"]);
    }
}
