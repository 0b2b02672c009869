using Everturn.Parity.Tests.Matrix;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Reading;

internal sealed class FollowFromAnotherHost : ParityScenario
{
    public override string Name => "another host follows a run from the middle of its answer";

    public override async Task RunAsync(ParityScene scene)
    {
        var gate = new ReplyGate();
        scene.Model.Enqueue(ScriptedReply.Text("a").ThenGate(gate).ThenText("b"));
        await scene.BeginAsync(ParityAgents.Writer, "go");
        await gate.Reached;
        var other = await scene.StartHostAsync();
        var handle = (
            await other.Executor.GetHandleAsync(ParityAgents.Writer, ParityScene.SessionId, "", scene.Token)
        )!;

        var reading = scene.CompleteAsync(handle);
        gate.Release();

        (await reading).ShouldBe("ab");
    }
}
