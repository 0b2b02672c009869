using System.Text.Json;
using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Streaming;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Retry;

internal sealed class RetryFromStart : ParityScenario
{
    public override string Name => "retry from the start puts messages and state back to the run's input";

    public override IReadOnlyList<AgentDefinition> Agents => [ParityAgents.Noter];

    public override async Task RunAsync(ParityScene scene)
    {
        var failed = await scene.FailedAfterStepAsync(
            new AgentInput { Message = "go", State = JsonElement.Parse("""{"items":["given"]}""") }
        );
        (await scene.NotesAsync()).ShouldBe(["given", "a"]);
        scene.Model.Enqueue(ScriptedReply.ToolCall("note", new() { ["text"] = "b" }), "done");
        var last = (await scene.ChunksAsync())[^1].Sequence;

        var retried = await failed.RetryAsync(new() { Mode = RetryMode.FromStart }, scene.Token);
        await scene.CompleteAsync(retried);

        (await scene.MessagesAsync()).Select(message => message.Content).ShouldBe(["go", null, "1", "done"]);
        (await scene.NotesAsync()).ShouldBe(["given", "b"]);
        (await scene.VoidedAsync()).ShouldBe([null, "1"]);
        var resync = (await scene.ChunksAsync()).OfType<StreamResyncChunk>().ShouldHaveSingleItem();
        (resync.Sequence, resync.Reason).ShouldBe((last + 1, "retry"));
        retried.Run.StartSequence.ShouldBe(last + 1);
    }
}
