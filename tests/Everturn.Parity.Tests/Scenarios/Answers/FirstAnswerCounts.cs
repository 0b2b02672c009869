using Everturn.Agents;
using Everturn.Approvals;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;

namespace Everturn.Parity.Tests.Scenarios.Answers;

internal sealed class FirstAnswerCounts : ParityScenario
{
    private readonly Desk _desk = new();

    public override string Name =>
        "the first answer counts: the same again is fine, another one is told what is recorded";

    public override IReadOnlyList<AgentDefinition> Agents => [_desk.Agent];

    public override async Task RunAsync(ParityScene scene)
    {
        await scene.SuspendAsync(_desk, Desk.Mail("bob"));
        await scene.AnswerAsync("mail", ToolAnswer.Approve());
        var asked = await scene.PendingAsync("mail");

        (await scene.AnswerAsync("mail", ToolAnswer.Approve())).IsReplay.ShouldBeTrue();
        (await scene.AnswerAsync(asked.ApprovalId, ToolAnswer.Approve())).IsReplay.ShouldBeTrue();
        await RefuseAsync();
        scene.Model.Enqueue("done");
        await scene.ResumeAsync(_desk);

        (await scene.AnswerAsync("mail", ToolAnswer.Approve())).IsReplay.ShouldBeTrue();
        await RefuseAsync();
        _desk.Sent.ShouldBe(["bob"]);

        async Task RefuseAsync()
        {
            var conflict = await Should.ThrowAsync<AnswerConflictException>(() =>
                scene.AnswerAsync("mail", ToolAnswer.Deny())
            );
            (conflict.Call.Status, conflict.Call.DecidedBy).ShouldBe((PendingCallStatus.Approved, "ann"));
        }
    }
}
