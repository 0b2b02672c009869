using Everturn.Agents;
using Everturn.Approvals;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;
using Everturn.Testing;

namespace Everturn.Parity.Tests.Scenarios.Answers;

internal sealed class ExpiredFails : ParityScenario
{
    private readonly VirtualTimeProvider _time = new();
    private readonly Desk _desk = new(mail =>
    {
        mail.AnswerWithin = DeskExtensions.AnswerWithin;
        mail.OnExpiry = ExpiryOutcome.Error;
    });

    public override string Name => "a call whose time is over can fail the run, and other calls keep their answers";

    public override IReadOnlyList<AgentDefinition> Agents => [_desk.Agent];

    public override TimeProvider Time => _time;

    public override async Task RunAsync(ParityScene scene)
    {
        await scene.SuspendAsync(_desk, Desk.Mail("bob").ThenZone());
        await scene.AnswerAsync("zone", ToolAnswer.OfResult(Desk.Json("\"CET\"")));
        await scene.ExpireAsync(_time);

        var failed = (await scene.Store.GetCurrentRunAsync(Stopped.Key, scene.Token))!;
        (failed.Status, failed.Reason).ShouldBe((RunStatus.Failed, RunReason.CallExpired));
        (await scene.SaidAsync()).ShouldBe(["go", "calls", "error: Nobody answered in time.", "CET"]);
        await scene.ShouldRefuseAsync(ResumeRefusal.Failed, () => scene.ResumeAsync(_desk));
    }
}
