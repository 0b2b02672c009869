using Everturn.Agents;
using Everturn.Parity.Tests.Hosts;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;
using Everturn.Testing;

namespace Everturn.Parity.Tests.Scenarios.Answers;

internal sealed class ExpiredFails : ParityScenario
{
    private readonly VirtualTimeProvider _time = new();
    private readonly Desk _desk = new(mail =>
    {
        mail.AnswerWithin = TimeSpan.FromHours(1);
        mail.OnExpiry = ExpiryOutcome.Error;
    });

    public override string Name => "a call whose time is over can fail the run";

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

        var failed = (await scene.Store.GetCurrentRunAsync(Stopped.Key, scene.Token))!;
        (failed.Status, failed.Reason).ShouldBe((RunStatus.Failed, RunReason.CallExpired));
        (await scene.SaidAsync()).ShouldBe(["go", "calls", "error: Nobody answered in time."]);
        await scene.ShouldRefuseAsync(ResumeRefusal.Failed, () => scene.ResumeAsync(_desk));
    }
}
