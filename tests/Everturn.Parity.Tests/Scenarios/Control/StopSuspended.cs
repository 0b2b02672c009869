using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;
using Everturn.Streaming;

namespace Everturn.Parity.Tests.Scenarios.Control;

internal sealed class StopSuspended : ParityScenario
{
    public override string Name =>
        "interrupt and abort of a suspended run close its calls, and nobody waits for an answer any more";

    public override IReadOnlyList<AgentDefinition> Agents => [ParityAgents.Noter];

    public override async Task RunAsync(ParityScene scene)
    {
        await scene.WithOpenCallsAsync(RunStatus.SuspendedClientTool, Stopped.Approval);
        var waiting = await scene.Store.ListPendingCallsAsync(new(), scene.Token);
        waiting.Items.ShouldHaveSingleItem().ApprovalId.ShouldBe("approval-1");

        var stopped = await scene.Host.Executor.InterruptAsync(
            Stopped.Key,
            "enough",
            InterruptMode.AtOnce,
            scene.Token
        );

        (stopped!.Status, stopped.Reason).ShouldBe((RunStatus.Interrupted, "enough"));
        (await scene.MessagesAsync())
            .Select(message => message.Content)
            .ShouldBe(["go", null, "3", "Interrupted before it had a result."]);
        (await scene.NotesAsync()).ShouldBe(["one"]);
        (await scene.Store.ListPendingCallsAsync(new(), scene.Token)).Items.ShouldBeEmpty();
        (await scene.Store.GetPendingCallAsync(Stopped.Key, "approval-1", scene.Token))!.Status.ShouldBe(
            PendingCallStatus.Withdrawn
        );
        (await scene.ChunksAsync()).OfType<RunInterruptedChunk>().ShouldHaveSingleItem();

        var aborted = await scene.Host.Executor.AbortAsync(Stopped.Key, null, scene.Token);

        aborted!.Reason.ShouldBe(RunReason.Aborted);
        aborted.EndSequence.ShouldBe((await scene.ChunksAsync())[^1].Sequence);
        scene.Model.Enqueue("fresh");
        (await scene.RunAsync(ParityAgents.Noter, "again")).Output.ShouldBe("fresh");
    }
}
