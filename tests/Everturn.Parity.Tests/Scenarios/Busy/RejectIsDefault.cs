using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;

namespace Everturn.Parity.Tests.Scenarios.Busy;

internal sealed class RejectIsDefault : ParityScenario
{
    public override string Name =>
        "a message is refused by default, an unknown policy names those there are, neither changes anything";

    public override async Task RunAsync(ParityScene scene)
    {
        var (run, gate) = await scene.MidAnswerAsync(ParityAgents.Writer, "one");

        var refused = await Should.ThrowAsync<AgentAlreadyRunningException>(() =>
            scene.SendAsync(ParityAgents.Writer, "two", default(DoubleTexting) with { Value = "reject" })
        );
        var unknown = await Should.ThrowAsync<InvalidInputException>(() =>
            scene.SendAsync(ParityAgents.Writer, "two", new("shout"))
        );
        var none = await Should.ThrowAsync<InvalidInputException>(() =>
            scene.SendAsync(ParityAgents.Writer, "two", default)
        );

        (refused.RunId, refused.Status).ShouldBe((run.RunId, "running"));
        unknown.Message.ShouldContain("reject, enqueue, interrupt, rollback, steer");
        none.Field.ShouldBe("doubleTexting");
        gate.Release();
        await scene.CompleteAsync(run);
        (await scene.RunsAsync()).ShouldHaveSingleItem();
        (await scene.TranscriptAsync()).ShouldBe(["user: one", "assistant: half done"]);
        await scene.ShouldHaveNoQueueAsync();
    }
}
