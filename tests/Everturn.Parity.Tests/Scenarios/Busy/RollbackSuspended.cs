using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;

namespace Everturn.Parity.Tests.Scenarios.Busy;

internal sealed class RollbackSuspended : ParityScenario
{
    public override string Name => "rollback of a suspended run leaves nothing of it in the transcript";

    public override IReadOnlyList<AgentDefinition> Agents => [ParityAgents.Noter];

    public override async Task RunAsync(ParityScene scene)
    {
        await scene.WithOpenCallsAsync(RunStatus.SuspendedStepPartial, Stopped.Approval);
        scene.Model.Enqueue("second");

        var second = await scene.SendAsync(ParityAgents.Noter, "two", DoubleTexting.Rollback);

        (await scene.CompleteAsync(second)).ShouldBe("second");
        (await scene.StatusesAsync()).ShouldBe([
            (RunStatus.Interrupted, RunReason.RolledBack),
            (RunStatus.Completed, null),
        ]);
        (await scene.TranscriptAsync()).ShouldBe(["user: two", "assistant: second"]);
        (await scene.NotesAsync()).ShouldBeEmpty();
        (await scene.Store.ListPendingCallsAsync(new(), scene.Token)).Items.ShouldBeEmpty();
        await scene.ShouldHaveNoQueueAsync();
    }
}
