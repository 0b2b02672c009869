using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;
using Everturn.Streaming;

namespace Everturn.Parity.Tests.Scenarios.Resume;

internal sealed class ResumeContinues : ParityScenario
{
    public override string Name => "resume goes on where the run stopped, in a run of the same turn";

    public override async Task RunAsync(ParityScene scene)
    {
        var interrupted = await scene.MidAnswerAsync();
        scene.Model.Enqueue("the rest");

        var resumed = await interrupted.ResumeAsync(cancellationToken: scene.Token);
        (await scene.CompleteAsync(resumed)).ShouldBe("the rest");

        var run = resumed.Run;
        (run.Trigger, run.ParentRunId, run.Ordinal, run.Turn).ShouldBe((RunTrigger.Resume, interrupted.RunId, 2, 1));
        run.InstanceId.ShouldBe("agent__writer__s__resume__2");
        var messages = await scene.MessagesAsync();
        messages.Select(message => message.Content).ShouldBe(["go", "half", "Continue.", "the rest"]);
        messages[2].Metadata!["hidden"].GetBoolean().ShouldBeTrue();
        var chunks = await scene.ChunksAsync();
        chunks.OfType<RunResumedChunk>().ShouldHaveSingleItem().RunId.ShouldBe(resumed.RunId);
        chunks.OfType<StreamResyncChunk>().ShouldBeEmpty();
        (await scene.RunsAsync())
            .Select(record => record.Status)
            .ShouldBe([RunStatus.Interrupted, RunStatus.Completed]);
    }
}
