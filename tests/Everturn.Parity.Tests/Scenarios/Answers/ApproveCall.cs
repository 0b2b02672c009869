using Everturn.Agents;
using Everturn.Approvals;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;
using Everturn.Streaming;

namespace Everturn.Parity.Tests.Scenarios.Answers;

internal sealed class ApproveCall : ParityScenario
{
    private readonly Desk _desk = new();

    public override string Name =>
        "a call that needs approval suspends the run, and is executed once a person allows it";

    public override IReadOnlyList<AgentDefinition> Agents => [_desk.Agent];

    public override async Task RunAsync(ParityScene scene)
    {
        var run = await scene.SuspendAsync(_desk, Desk.Mail("bob"));

        var result = await run.ResultAsync(scene.Token);
        result.Suspended!.ToolCallIds.ShouldBe(["mail"]);
        _desk.Sent.ShouldBeEmpty();
        var asked = await scene.PendingAsync("mail");
        (asked.Kind, asked.ToolName, asked.Status).ShouldBe(
            (PendingCallKind.Approval, "send_mail", PendingCallStatus.Pending)
        );
        (asked.AgentType, asked.RunId, asked.ArgumentsHash.Length).ShouldBe(("desk", run.RunId, 64));
        var chunks = await scene.ChunksAsync();
        chunks
            .Select(chunk => chunk.Type)
            .ShouldBe([ChunkType.ToolStart, ChunkType.ToolApprovalRequest, ChunkType.Suspended, ChunkType.RunPaused]);
        chunks.OfType<ToolApprovalRequestChunk>().Single().ApprovalId.ShouldBe(asked.ApprovalId);
        var info = (await scene.Store.GetInfoAsync(Stopped.Key, scene.Token))!;
        info.Status.ShouldBe(StreamStatus.Paused);

        var receipt = await scene.AnswerAsync("mail", ToolAnswer.Approve(reason: "fine"));

        (receipt.Call.Status, receipt.Call.DecidedBy, receipt.Call.Reason).ShouldBe(
            (PendingCallStatus.Approved, "ann", "fine")
        );
        receipt.Remaining.ShouldBeEmpty();
        _desk.Sent.ShouldBeEmpty();
        scene.Model.Enqueue("done");
        (await scene.ResumeAsync(_desk)).Output.ShouldBe("done");
        _desk.Sent.ShouldBe(["bob"]);
        (await scene.SaidAsync()).ShouldBe(["go", "calls", "sent to bob", "done"]);
        var runs = await scene.RunsAsync();
        runs.Select(each => each.Turn).ShouldBe([1, 1]);
        (await scene.Store.GetToolCallsAsync(Stopped.Key, runs[1].RunId, scene.Token))[0].Attempt.ShouldBe(1);
    }
}
