using Everturn.Agents;
using Everturn.Approvals;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;
using Everturn.Streaming;

namespace Everturn.Parity.Tests.Scenarios.Answers;

internal sealed class Siblings : ParityScenario
{
    private readonly Desk _desk = new();

    public override string Name => "a call that waits holds no other call up, and each answer is acted on by itself";

    public override IReadOnlyList<AgentDefinition> Agents => [_desk.Agent];

    public override async Task RunAsync(ParityScene scene)
    {
        var reply = Desk.Mail("bob", "first").ThenCount("four").ThenMail("eve", "second").ThenZone();
        var run = await scene.SuspendAsync(_desk, reply);
        (await run.ResultAsync(scene.Token)).Suspended!.ToolCallIds.ShouldBe(["first", "second", "zone"]);
        (await scene.ChunksAsync()).OfType<ToolEndChunk>().ShouldHaveSingleItem().ToolCallId.ShouldBe("count");

        var receipt = await scene.AnswerAsync("first", ToolAnswer.Approve());

        receipt.Remaining.ShouldBe(["second", "zone"], ignoreOrder: true);
        var partial = (await scene.Store.GetCurrentRunAsync(Stopped.Key, scene.Token))!;
        (partial.RunId, partial.Status).ShouldBe((run.RunId, RunStatus.SuspendedStepPartial));
        var again = await scene.ResumeAsync(_desk);
        again.Status.ShouldBe(RunStatus.SuspendedStepPartial);
        again.Suspended!.ToolCallIds.ShouldBe(["second", "zone"]);
        _desk.Sent.ShouldBe(["bob"]);
        await scene.ShouldRefuseAsync(ResumeRefusal.AwaitingAnswers, () => scene.ResumeAsync(_desk));

        await scene.AnswerAsync("zone", ToolAnswer.OfResult(Desk.Json("\"CET\"")));
        (await scene.AnswerAsync("second", ToolAnswer.Deny())).Remaining.ShouldBeEmpty();
        scene.Model.Enqueue("done");
        (await scene.ResumeAsync(_desk)).Output.ShouldBe("done");

        _desk.Sent.ShouldBe(["bob"]);
        (await scene.SaidAsync()).ShouldBe([
            "go",
            "calls",
            "sent to bob",
            "4",
            "error: A person refused this call.",
            "CET",
            "done",
        ]);
        (await scene.ChunksAsync())
            .OfType<ToolEndChunk>()
            .Select(chunk => chunk.ToolCallId)
            .Order()
            .ShouldBe(["count", "first", "second", "zone"]);
    }
}
