using Everturn.Agents;
using Everturn.Approvals;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;
using Everturn.Streaming;

namespace Everturn.Parity.Tests.Scenarios.Answers;

internal sealed class DenyCall : ParityScenario
{
    private readonly Desk _desk = new();

    public override string Name => "a call that a person refuses is not executed, and the model is told why";

    public override IReadOnlyList<AgentDefinition> Agents => [_desk.Agent];

    public override async Task RunAsync(ParityScene scene)
    {
        await scene.SuspendAsync(_desk, Desk.Mail("bob"));

        var receipt = await scene.AnswerAsync("mail", ToolAnswer.Deny("not today"));

        receipt.Call.Status.ShouldBe(PendingCallStatus.Denied);
        scene.Model.Enqueue("a pity");
        (await scene.ResumeAsync(_desk)).Output.ShouldBe("a pity");
        _desk.Sent.ShouldBeEmpty();
        (await scene.SaidAsync()).ShouldBe([
            "go",
            "calls",
            "error: A person refused this call. Reason: not today",
            "a pity",
        ]);
        (await scene.ChunksAsync()).OfType<ToolEndChunk>().ShouldHaveSingleItem().Success.ShouldBeFalse();
    }
}
