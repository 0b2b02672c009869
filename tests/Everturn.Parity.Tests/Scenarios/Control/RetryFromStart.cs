using Everturn.Agents;
using Everturn.Parity.Tests.Hosts;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Control;

internal sealed class RetryFromStart : ParityScenario
{
    public override string Name => "retry from the start puts messages and state back";

    public override IReadOnlyList<AgentDefinition> Agents => [ParityAgents.Noter];

    public override async Task RunAsync(ParityScene scene)
    {
        scene.Model.Enqueue(
            ScriptedReply.ToolCall("note", new() { ["text"] = "a" }),
            ScriptedReply.Fail(new HttpRequestException("no")),
            ScriptedReply.ToolCall("note", new() { ["text"] = "bb" }),
            "done"
        );
        var run = await scene.BeginAsync(ParityAgents.Noter, "note");
        (await scene.EndAsync(run)).Status.ShouldBe(RunStatus.Failed);
        var retried = await run.RetryAsync(
            new() { Mode = RetryMode.FromStart, Message = "note better" },
            scene.Token
        );

        (await scene.CompleteAsync(retried)).ShouldBe("done");
        (await scene.MessagesAsync()).Select(message => message.Content).ShouldBe(["note better", null, "2", "done"]);
        Notes.Key.Read(await retried.GetStateAsync(scene.Token)).Items.ShouldBe(["bb"]);
    }
}
