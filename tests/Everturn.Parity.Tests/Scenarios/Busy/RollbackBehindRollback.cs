using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Busy;

internal sealed class RollbackBehindRollback : ParityScenario
{
    public override string Name => "rollback behind one that went back further takes that one back too";

    public override async Task RunAsync(ParityScene scene)
    {
        var (first, second) = (new Hold(), new Hold());
        // Whether the third message is answered before it is rolled back is up to the clock.
        scene.Model.Enqueue(first.Reply, second.Reply, "last", "last");
        await scene.BeginAsync(ParityAgents.Writer, "one");
        await first.Reached.Task;
        await scene.SendAsync(ParityAgents.Writer, "two", DoubleTexting.Interrupt);
        await scene.SendAsync(ParityAgents.Writer, "three", DoubleTexting.Rollback);
        first.Release.SetResult();
        await second.Reached.Task;
        // The second message's run is in its way, and goes when the third's begins: back to where the first began.
        var four = await scene.SendAsync(ParityAgents.Writer, "four", DoubleTexting.Rollback);
        second.Release.SetResult();

        (await scene.CompleteAsync(four)).ShouldBe("last");

        (await scene.TranscriptAsync()).ShouldBe(["user: four", "assistant: last"]);
        await scene.ShouldHaveNoQueueAsync();
    }

    /// <summary>A model call that does not notice that it is to stop before it is let go.</summary>
    private sealed class Hold
    {
        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ScriptedReply Reply => ScriptedReply.Empty.ThenWait(PassAsync).ThenText("never");

        private async ValueTask PassAsync(CancellationToken cancellationToken)
        {
            Reached.TrySetResult();
            await Release.Task;
        }
    }
}
