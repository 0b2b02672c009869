using Everturn.Agents;
using Everturn.Approvals;
using Everturn.Parity.Tests.Matrix;

namespace Everturn.Parity.Tests.Scenarios.Answers;

internal sealed class GrantedCalls : ParityScenario
{
    private readonly Desk _desk = new();

    public override string Name =>
        "an approval can allow the tool for the session, until a time or until it is taken back";

    public override IReadOnlyList<AgentDefinition> Agents => [_desk.Agent];

    public override async Task RunAsync(ParityScene scene)
    {
        await scene.SuspendAsync(_desk, Desk.Mail("bob"));
        var until = DateTimeOffset.UtcNow.AddHours(1);
        var granted = (await scene.AnswerAsync("mail", ToolAnswer.Approve(grantUntil: until))).Call;
        scene.Model.Enqueue(Desk.Mail("eve", "mail-2"), "done");

        (await scene.ResumeAsync(_desk)).Output.ShouldBe("done");

        _desk.Sent.ShouldBe(["bob", "eve"]);
        await scene.Host.Approvals.RevokeGrantAsync(granted.ApprovalId, "", scene.Token);
        await scene.SuspendAsync(_desk, Desk.Mail("joe", "mail-3"));
        _desk.Sent.Count.ShouldBe(2);
    }
}
