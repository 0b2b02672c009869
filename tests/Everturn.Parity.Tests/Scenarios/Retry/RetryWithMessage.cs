using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Retry;

internal sealed class RetryWithMessage : ParityScenario
{
    public override string Name => "retry with a message: after the checkpoint, or in place of the input";

    public override IReadOnlyList<AgentDefinition> Agents => [ParityAgents.Noter];

    public override async Task RunAsync(ParityScene scene)
    {
        var failed = await scene.FailedAfterStepAsync("go");
        scene.Model.Enqueue(ScriptedReply.Fail(new HttpRequestException("no")), "done");

        var retried = await failed.RetryAsync(new() { Message = "try harder" }, scene.Token);
        await scene.EndAsync(retried);
        (await scene.MessagesAsync()).Select(message => message.Content).ShouldBe(["go", null, "1", "try harder"]);
        var again = await retried.RetryAsync(
            new() { Mode = RetryMode.FromStart, Message = "something else" },
            scene.Token
        );
        await scene.CompleteAsync(again);

        (await scene.MessagesAsync()).Select(message => message.Content).ShouldBe(["something else", "done"]);
        (await scene.NotesAsync()).ShouldBeEmpty();
        (await scene.VoidedAsync()).ShouldBe(["go", null, "1", "try harder"]);
    }
}
