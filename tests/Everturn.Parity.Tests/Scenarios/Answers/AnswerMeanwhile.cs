using Everturn.Agents;
using Everturn.Approvals;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;
using Everturn.Streaming;

namespace Everturn.Parity.Tests.Scenarios.Answers;

internal sealed class AnswerMeanwhile : ParityScenario
{
    private readonly Desk _desk = new();
    private readonly TaskCompletionSource _sending = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _goesOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override string Name => "an answer that comes while a sibling call is executed is acted on by the same run";

    public override IReadOnlyList<AgentDefinition> Agents => [_desk.Agent];

    public override async Task RunAsync(ParityScene scene)
    {
        var reply = Desk.Mail("bob", "first").ThenMail("eve", "second").ThenZone().ThenMail("joe", "third");
        await scene.SuspendAsync(_desk, reply);
        await scene.AnswerAsync("first", ToolAnswer.Approve());
        _desk.Sending = (to, _) =>
        {
            _sending.TrySetResult();
            return to == "bob" ? _goesOn.Task : Task.CompletedTask;
        };
        var run = await scene.Host.Executor.ResumeAsync(_desk.Agent, Stopped.Key, cancellationToken: scene.Token);
        await _sending.Task.WaitAsync(scene.Token);

        var zone = await scene.AnswerAsync("zone", ToolAnswer.OfResult(Desk.Json("\"CET\"")));
        var second = await scene.AnswerAsync("second", ToolAnswer.Approve());
        _goesOn.SetResult();
        var result = await scene.EndAsync(run);

        zone.Remaining.ShouldBe(["second", "third"], ignoreOrder: true);
        (second.Remaining.ShouldHaveSingleItem(), second.Resumes).ShouldBe(("third", false));
        (result.Status, result.Suspended!.ToolCallIds.ShouldHaveSingleItem()).ShouldBe(
            (RunStatus.SuspendedStepPartial, "third")
        );
        _desk.Sent.ShouldBe(["bob", "eve"]);
        await scene.AnswerAsync("third", ToolAnswer.Deny());
        scene.Model.Enqueue("done");
        (await scene.ResumeAsync(_desk)).Output.ShouldBe("done");
        (await scene.SaidAsync()).ShouldBe([
            "go",
            "calls",
            "sent to bob",
            "sent to eve",
            "CET",
            "error: A person refused this call.",
            "done",
        ]);
        _desk.Sent.ShouldBe(["bob", "eve"]);
        (await scene.ChunksAsync())
            .OfType<ToolEndChunk>()
            .Select(chunk => chunk.ToolCallId)
            .Order()
            .ShouldBe(["first", "second", "third", "zone"]);
    }
}
