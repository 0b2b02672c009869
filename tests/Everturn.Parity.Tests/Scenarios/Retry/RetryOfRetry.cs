using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Retry;

internal sealed class RetryOfRetry : ParityScenario
{
    public override string Name => "a retry of a retry from the start goes back to the first try's input";

    public override IReadOnlyList<AgentDefinition> Agents => [ParityAgents.Noter];

    public override async Task RunAsync(ParityScene scene)
    {
        var failed = await scene.FailedAfterStepAsync("go");
        scene.Model.Enqueue(
            ScriptedReply.ToolCall("note", new() { ["text"] = "b" }),
            ScriptedReply.Fail(new HttpRequestException("no")),
            "done"
        );
        var second = await failed.RetryAsync(cancellationToken: scene.Token);
        await scene.EndAsync(second);
        (await scene.NotesAsync()).ShouldBe(["a", "b"]);

        var third = await second.RetryAsync(new() { Mode = RetryMode.FromStart }, scene.Token);
        await scene.CompleteAsync(third);

        (await scene.MessagesAsync()).Select(message => message.Content).ShouldBe(["go", "done"]);
        (await scene.NotesAsync()).ShouldBeEmpty();
        third.Run.ParentRunId.ShouldBe(second.RunId);
    }
}
