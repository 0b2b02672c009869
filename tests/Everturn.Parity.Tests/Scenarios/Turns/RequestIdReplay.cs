using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;

namespace Everturn.Parity.Tests.Scenarios.Turns;

internal sealed class RequestIdReplay : ParityScenario
{
    public override string Name => "a repeated request id gives the same run";

    public override async Task RunAsync(ParityScene scene)
    {
        scene.Model.Enqueue("answer");
        var options = new ExecuteOptions { SessionId = ParityScene.SessionId, RequestId = "r-1" };
        var executor = scene.Host.Executor;

        var first = await executor.ExecuteAsync(ParityAgents.Writer, "go", options, scene.Token);
        (await scene.CompleteAsync(first)).ShouldBe("answer");
        var again = await executor.ExecuteAsync(ParityAgents.Writer, "go", options, scene.Token);

        again.RunId.ShouldBe(first.RunId);
        again.IsReplay.ShouldBeTrue();
        (await scene.CompleteAsync(again)).ShouldBe("answer");
        await Should.ThrowAsync<RequestConflictException>(() =>
            executor.ExecuteAsync(ParityAgents.Writer, "something else", options, scene.Token)
        );
        (await scene.RunsAsync()).Count.ShouldBe(1);
    }
}
