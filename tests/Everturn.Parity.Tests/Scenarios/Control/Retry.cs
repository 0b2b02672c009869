using Everturn.Agents;
using Everturn.Parity.Tests.Hosts;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Control;

internal sealed class Retry : ParityScenario
{
    public override string Name => "retry goes on from the last checkpoint";

    public override IReadOnlyList<AgentDefinition> Agents => [ParityAgents.Noter];

    public override async Task RunAsync(ParityScene scene)
    {
        scene.Model.Enqueue(
            ScriptedReply.ToolCall("note", new() { ["text"] = "a" }),
            ScriptedReply.Fail(new HttpRequestException("no")),
            "done"
        );
        var run = await scene.BeginAsync(ParityAgents.Noter, "note");
        (await scene.EndAsync(run)).Status.ShouldBe(RunStatus.Failed);
        var retried = await run.RetryAsync(cancellationToken: scene.Token);

        (await scene.CompleteAsync(retried)).ShouldBe("done");
        (await scene.MessagesAsync()).Select(message => message.Content).ShouldBe(["note", null, "1", "done"]);
        Notes.Key.Read(await retried.GetStateAsync(scene.Token)).Items.ShouldBe(["a"]);
        (await scene.RunsAsync())[1].InstanceId.ShouldBe("agent__noter__s__retry__2");
    }
}
