using Everturn.Agents;
using Everturn.Approvals;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;

namespace Everturn.Parity.Tests.Scenarios.Answers;

internal sealed class ApprovalByRule : ParityScenario
{
    private readonly Desk _desk = new(mail =>
        mail.RequireApproval(check =>
            check.Arguments.GetProperty("to").GetString() switch
            {
                "bob" => false,
                "fail" => throw new InvalidOperationException("no rule"),
                _ => true,
            }
        )
    );

    public override string Name =>
        "a rule over the arguments says which calls need approval, one that fails lets none through";

    public override IReadOnlyList<AgentDefinition> Agents => [_desk.Agent];

    public override async Task RunAsync(ParityScene scene)
    {
        scene.Model.Enqueue(Desk.Mail("bob"), Desk.Mail("eve", "mail-2"));
        (await scene.RunAsync(_desk.Agent, "go")).Status.ShouldBe(RunStatus.SuspendedClientTool);
        _desk.Sent.ShouldBe(["bob"]);
        await scene.AnswerAsync("mail-2", ToolAnswer.Deny());
        scene.Model.Enqueue(Desk.Mail("fail", "mail-3"));

        (await scene.ResumeAsync(_desk)).Status.ShouldBe(RunStatus.SuspendedClientTool);

        _desk.Sent.ShouldBe(["bob"]);
        await scene.AnswerAsync("mail-3", ToolAnswer.Approve());
        scene.Model.Enqueue("done");
        (await scene.ResumeAsync(_desk)).Output.ShouldBe("done");
        _desk.Sent.ShouldBe(["bob", "fail"]);
    }
}
