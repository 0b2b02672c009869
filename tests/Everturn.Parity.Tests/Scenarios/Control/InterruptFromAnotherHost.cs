using Everturn.Parity.Tests.Matrix;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Control;

internal sealed class InterruptFromAnotherHost : ParityScenario
{
    public override string Name => "interrupt from another host";

    public override async Task RunAsync(ParityScene scene)
    {
        var gate = new ReplyGate();
        scene.Model.Enqueue(ScriptedReply.Text("half").ThenGate(gate));
        var run = await scene.BeginAsync(ParityAgents.Writer, "go");
        await gate.Reached;
        var other = await scene.StartHostAsync();

        var handle = await other.Executor.GetHandleAsync(ParityAgents.Writer, ParityScene.SessionId, "", scene.Token);
        await handle!.InterruptAsync("from afar", cancellationToken: scene.Token);

        (await scene.EndAsync(run)).Reason.ShouldBe("from afar");
        (await scene.MessagesAsync())[1].Content.ShouldBe("half");
    }
}
