using Everturn.Agents;
using Everturn.Approvals;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;
using Everturn.Streaming;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Answers;

internal sealed class StopWithAnswers : ParityScenario
{
    private readonly Desk _desk = new();

    public override string Name =>
        "interrupting a suspended run keeps the answers that were given, and withdraws what was asked";

    public override IReadOnlyList<AgentDefinition> Agents => [_desk.Agent];

    public override async Task RunAsync(ParityScene scene)
    {
        var run = await scene.SuspendAsync(_desk, ScriptedReply.Empty.ThenZone().ThenMail("bob"));
        await scene.AnswerAsync("zone", ToolAnswer.OfResult(Desk.Json("\"CET\"")));

        (await run.InterruptAsync("enough", cancellationToken: scene.Token)).ShouldBe(RunStatus.Interrupted);

        (await scene.SaidAsync()).ShouldBe(["go", "calls", "CET", "error: Interrupted before it had a result."]);
        (await scene.PendingAsync("mail")).Status.ShouldBe(PendingCallStatus.Withdrawn);
        (await scene.PendingAsync("zone")).Status.ShouldBe(PendingCallStatus.Answered);
        await Should.ThrowAsync<AnswerConflictException>(() => scene.AnswerAsync("mail", ToolAnswer.Approve()));
        (await scene.ChunksAsync()).OfType<ToolEndChunk>().Count().ShouldBe(2);
    }
}
