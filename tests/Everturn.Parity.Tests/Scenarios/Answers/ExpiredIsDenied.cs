using Everturn.Agents;
using Everturn.Approvals;
using Everturn.Parity.Tests.Hosts;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;
using Everturn.Testing;

namespace Everturn.Parity.Tests.Scenarios.Answers;

internal sealed class ExpiredIsDenied : ParityScenario
{
    private readonly VirtualTimeProvider _time = new();
    private readonly Desk _desk = new(mail =>
    {
        mail.AnswerWithin = TimeSpan.FromHours(1);
        mail.OnExpiry = ExpiryOutcome.Deny;
    });

    public override string Name =>
        "a call whose time is over is refused by itself, and an answer after that comes too late";

    public override IReadOnlyList<AgentDefinition> Agents => [_desk.Agent];

    public override TimeProvider Time => _time;

    public override async Task RunAsync(ParityScene scene)
    {
        await scene.SuspendAsync(_desk, Desk.Mail("bob"));
        var asked = await scene.PendingAsync("mail");
        asked.ExpiresAt.ShouldBe(_time.GetUtcNow().AddHours(1));
        _time.Advance(TimeSpan.FromHours(1));

        await Eventually.TrueAsync(
            async () =>
            {
                // Again and again, since background work may set its first timer late.
                _time.Advance(TimeSpan.FromSeconds(1));
                return (await scene.PendingAsync("mail")).Status == PendingCallStatus.Expired;
            },
            scene.Token
        );
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
