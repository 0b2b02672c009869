using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;
using Everturn.Streaming;

namespace Everturn.Parity.Tests.Scenarios.Retry;

internal sealed class RetryFromCheckpoint : ParityScenario
{
    public override string Name => "retry goes on from the last committed step";

    public override IReadOnlyList<AgentDefinition> Agents => [ParityAgents.Noter];

    public override async Task RunAsync(ParityScene scene)
    {
        var failed = await scene.FailedAfterStepAsync("go");
        scene.Model.Enqueue("done");

        var retried = await failed.RetryAsync(cancellationToken: scene.Token);
        (await scene.CompleteAsync(retried)).ShouldBe("done");

        var run = retried.Run;
        (run.Trigger, run.ParentRunId, run.Turn).ShouldBe((RunTrigger.Retry, failed.RunId, 1));
        run.InstanceId.ShouldBe("agent__noter__s__retry__2");
        (await scene.MessagesAsync()).Select(message => message.Content).ShouldBe(["go", null, "1", "done"]);
        (await scene.NotesAsync()).ShouldBe(["a"]);
        var chunks = await scene.ChunksAsync();
        chunks.OfType<StreamResyncChunk>().ShouldBeEmpty();
        // What the failed call had said is void.
        var said = chunks.OfType<TextDeltaChunk>().First();
        chunks.OfType<StepDiscardedChunk>().ShouldHaveSingleItem().FromSequence.ShouldBe(said.Sequence);
    }
}
