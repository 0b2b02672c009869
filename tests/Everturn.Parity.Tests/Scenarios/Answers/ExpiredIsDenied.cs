using Everturn.Agents;
using Everturn.Approvals;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;
using Everturn.Testing;

namespace Everturn.Parity.Tests.Scenarios.Answers;

internal sealed class ExpiredIsDenied : ParityScenario
{
    private readonly VirtualTimeProvider _time = new();
    private readonly Desk _desk = new(mail =>
    {
        mail.AnswerWithin = DeskExtensions.AnswerWithin;
        mail.OnExpiry = ExpiryOutcome.Deny;
    });

    public override string Name =>
        "a call whose time is over is refused by itself, and an answer after that comes too late";

    public override IReadOnlyList<AgentDefinition> Agents => [_desk.Agent];

    public override TimeProvider Time => _time;

    public override async Task RunAsync(ParityScene scene)
    {
        await scene.SuspendAsync(_desk, Desk.Mail("bob"));
        await scene.ExpireAsync(_time);
        var late = await Should.ThrowAsync<AnswerConflictException>(() =>
            scene.AnswerAsync("mail", ToolAnswer.Approve())
        );
        late.Call.Status.ShouldBe(PendingCallStatus.Expired);
        scene.Model.Enqueue("a pity");
        (await scene.ResumeAsync(_desk)).Output.ShouldBe("a pity");
        _desk.Sent.ShouldBeEmpty();
        (await scene.SaidAsync())[2].ShouldBe("error: Nobody answered in time, so the call was refused.");
    }
}
