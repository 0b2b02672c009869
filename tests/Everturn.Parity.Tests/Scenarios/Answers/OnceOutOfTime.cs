using Everturn.Agents;
using Everturn.Approvals;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;
using Everturn.Streaming;
using Everturn.Testing;

namespace Everturn.Parity.Tests.Scenarios.Answers;

internal sealed class OnceOutOfTime : ParityScenario
{
    private readonly VirtualTimeProvider _time = new();
    private readonly TaskCompletionSource _sending = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Desk _desk = new(mail =>
    {
        mail.RequireApproval(_ => false);
        mail.Effect = ToolEffect.AtMostOnce;
        mail.Timeout = TimeSpan.FromSeconds(5);
        mail.AnswerWithin = DeskExtensions.AnswerWithin;
    });

    public override string Name =>
        "a call that may happen once and runs out of time is asked about for as long as it takes, and not repeated";

    public override IReadOnlyList<AgentDefinition> Agents => [_desk.Agent];

    public override TimeProvider Time => _time;

    public override async Task RunAsync(ParityScene scene)
    {
        _desk.Sending = async (_, cancellationToken) =>
        {
            _sending.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, cancellationToken);
        };
        scene.Model.Enqueue(Desk.Mail("bob").ThenCount("four"));
        var run = await scene.BeginAsync(_desk.Agent, "go");
        await _sending.Task.WaitAsync(scene.Token);
        _time.Advance(TimeSpan.FromSeconds(5));

        (await scene.EndAsync(run)).Status.ShouldBe(RunStatus.SuspendedClientTool);

        var asked = await scene.PendingAsync("mail");
        (asked.Kind, asked.ExpiresAt).ShouldBe((PendingCallKind.Effect, null));
        var before = await scene.ChunksAsync();
        before.OfType<ToolEndChunk>().ShouldHaveSingleItem().ToolCallId.ShouldBe("count");
        before.OfType<ToolApprovalRequestChunk>().ShouldHaveSingleItem().ApprovalId.ShouldBe(asked.ApprovalId);
        await scene.ShouldRefuseAsync(ResumeRefusal.AwaitingAnswers, () => scene.ResumeAsync(_desk));
        await scene.AnswerAsync("mail", ToolAnswer.Happened(Desk.Json("\"sent, says the outbox\"")));
        scene.Model.Enqueue("done");
        (await scene.ResumeAsync(_desk)).Output.ShouldBe("done");
        (await scene.SaidAsync()).ShouldBe(["go", "calls", "sent, says the outbox", "4", "done"]);
        _desk.Sent.ShouldBeEmpty();
    }
}
