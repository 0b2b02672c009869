using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;
using Everturn.Streaming;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Control;

internal sealed class AbortAtOnce : ParityScenario
{
    public override string Name =>
        "abort is final: the run fails and keeps what was said, and the session takes the next message";

    public override async Task RunAsync(ParityScene scene)
    {
        var gate = new ReplyGate();
        scene.Model.Enqueue(ScriptedReply.Text("half").ThenGate(gate), "next");
        var run = await scene.BeginAsync(ParityAgents.Writer, "go");
        await gate.Reached;

        (await run.AbortAsync("wrong", scene.Token)).ShouldBe(RunStatus.Running);
        var result = await scene.EndAsync(run);

        (result.Status, result.Reason, result.Error).ShouldBe((RunStatus.Failed, RunReason.Aborted, "wrong"));
        (await scene.MessagesAsync())[1].Partial.ShouldBeTrue();
        var error = (await scene.ChunksAsync())[^1].ShouldBeOfType<ErrorChunk>();
        (error.Code, error.Message, error.Recoverable).ShouldBe(("aborted", "wrong", false));
        (await scene.Store.GetInfoAsync(Stopped.Key, scene.Token))!.Status.ShouldBe(StreamStatus.Failed);
        (await run.AbortAsync(cancellationToken: scene.Token)).ShouldBe(RunStatus.Failed);
        (await run.InterruptAsync(cancellationToken: scene.Token)).ShouldBe(RunStatus.Failed);
        (await scene.RunAsync(ParityAgents.Writer, "more")).Output.ShouldBe("next");
    }
}
