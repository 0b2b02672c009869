using Everturn.Agents;
using Everturn.Approvals;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;

namespace Everturn.Parity.Tests.Scenarios.Answers;

internal sealed class EditCall : ParityScenario
{
    private readonly Desk _desk = new();

    public override string Name => "a call is executed with the arguments that a person changed, and the model is told";

    public override IReadOnlyList<AgentDefinition> Agents => [_desk.Agent];

    public override async Task RunAsync(ParityScene scene)
    {
        await scene.SuspendAsync(_desk, Desk.Mail("bob"));
        var bad = await Should.ThrowAsync<InvalidInputException>(() =>
            scene.AnswerAsync("mail", ToolAnswer.Approve(Desk.Json("""{"to":7}""")))
        );
        bad.Field.ShouldBe("arguments");
        (await scene.PendingAsync("mail")).Status.ShouldBe(PendingCallStatus.Pending);

        await scene.AnswerAsync("mail", ToolAnswer.Approve(Desk.Json("""{"to":"eve"}""")));

        scene.Model.Enqueue("done");
        (await scene.ResumeAsync(_desk)).Output.ShouldBe("done");
        _desk.Sent.ShouldBe(["eve"]);
        (await scene.SaidAsync()).ShouldBe([
            "go",
            "calls",
            "sent to eve",
            """The person who approved send_mail changed its arguments to {"to":"eve"}.""",
            "done",
        ]);
    }
}
