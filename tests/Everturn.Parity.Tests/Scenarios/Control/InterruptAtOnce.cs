using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Control;

internal sealed class InterruptAtOnce : ParityScenario
{
    public override string Name => "interrupt at once keeps what was said";

    public override async Task RunAsync(ParityScene scene)
    {
        var gate = new ReplyGate();
        scene.Model.Enqueue(ScriptedReply.Text("half").ThenGate(gate).ThenText(" whole"), "next");
        var run = await scene.BeginAsync(ParityAgents.Writer, "go");
        await gate.Reached;

        (await run.InterruptAsync("enough", cancellationToken: scene.Token)).ShouldBe(RunStatus.Running);
        var result = await scene.EndAsync(run);

        result.Status.ShouldBe(RunStatus.Interrupted);
        result.Reason.ShouldBe("enough");
        var messages = await scene.MessagesAsync();
        messages[1].Content.ShouldBe("half");
        messages[1].Partial.ShouldBeTrue();
        (await run.InterruptAsync(cancellationToken: scene.Token)).ShouldBe(RunStatus.Interrupted);
    }
}
