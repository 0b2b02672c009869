using Everturn.Agents;
using Everturn.Approvals;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;
using Everturn.Streaming;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Answers;

internal sealed class ClientTool : ParityScenario
{
    private readonly Desk _desk = new();

    public override string Name =>
        "a tool that the client executes suspends the run until its result or its error is there";

    public override IReadOnlyList<AgentDefinition> Agents => [_desk.Agent];

    public override async Task RunAsync(ParityScene scene)
    {
        var run = await scene.SuspendAsync(_desk, ScriptedReply.Empty.ThenZone());
        var asked = await scene.PendingAsync("zone");
        (asked.Kind, asked.RunId).ShouldBe((PendingCallKind.Client, run.RunId));
        (await scene.ChunksAsync()).OfType<ToolApprovalRequestChunk>().ShouldBeEmpty();
        await scene.AnswerAsync("zone", ToolAnswer.OfResult(Desk.Json("""{"zone":"CET"}""")));
        scene.Model.Enqueue(ScriptedReply.ToolCall("time_zone", callId: "zone-2"));

        (await scene.ResumeAsync(_desk)).Status.ShouldBe(RunStatus.SuspendedClientTool);
        await scene.AnswerAsync("zone-2", ToolAnswer.OfError("no browser"));
        scene.Model.Enqueue("done");
        (await scene.ResumeAsync(_desk)).Output.ShouldBe("done");

        (await scene.SaidAsync()).ShouldBe(["go", "calls", """{"zone":"CET"}""", "calls", "error: no browser", "done"]);
        (await scene.RunsAsync()).Count.ShouldBe(3);
    }
}
