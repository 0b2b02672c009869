using Everturn.Parity.Tests.Matrix;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Control;

internal sealed class AbortFromAnotherHost : ParityScenario
{
    public override string Name => "abort from another host";

    public override async Task RunAsync(ParityScene scene)
    {
        var gate = new ReplyGate();
        scene.Model.Enqueue(ScriptedReply.Text("half").ThenGate(gate));
        var run = await scene.BeginAsync(ParityAgents.Writer, "go");
        await gate.Reached;
        var other = await scene.StartHostAsync();

        await other.Executor.AbortAsync(Stopped.Key, "from afar", scene.Token);

        (await scene.EndAsync(run)).Error.ShouldBe("from afar");
        (await run.CanResumeAsync(scene.Token)).CanResume.ShouldBeFalse();
    }
}
