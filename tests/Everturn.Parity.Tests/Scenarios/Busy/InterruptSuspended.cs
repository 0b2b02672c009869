using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;

namespace Everturn.Parity.Tests.Scenarios.Busy;

internal sealed class InterruptSuspended : ParityScenario
{
    public override string Name =>
        "interrupt supersedes a suspended run: its calls are closed, and nobody waits any more";

    public override IReadOnlyList<AgentDefinition> Agents => [ParityAgents.Noter];

    public override async Task RunAsync(ParityScene scene)
    {
        await scene.WithOpenCallsAsync(RunStatus.SuspendedClientTool, Stopped.Approval);
        (
            await Should.ThrowAsync<AgentAlreadyRunningException>(() =>
                scene.SendAsync(ParityAgents.Noter, "two", DoubleTexting.Reject)
            )
        ).Status.ShouldBe("suspended_client_tool");
        scene.Model.Enqueue("second");

        var second = await scene.SendAsync(ParityAgents.Noter, "two", DoubleTexting.Interrupt);

        (await scene.CompleteAsync(second)).ShouldBe("second");
        (await scene.StatusesAsync()).ShouldBe([
            (RunStatus.Interrupted, RunReason.Superseded),
            (RunStatus.Completed, null),
        ]);
        (await scene.TranscriptAsync()).ShouldBe([
            "user: go",
            "assistant: ",
            "tool: 3",
            "tool: Interrupted before it had a result.",
            "user: two",
            "assistant: second",
        ]);
        (await scene.NotesAsync()).ShouldBe(["one"]);
        (await scene.Store.ListPendingCallsAsync(new(), scene.Token)).Items.ShouldBeEmpty();
        await scene.ShouldHaveNoQueueAsync();
    }
}
