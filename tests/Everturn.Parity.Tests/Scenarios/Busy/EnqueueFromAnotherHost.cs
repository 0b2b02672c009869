using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;

namespace Everturn.Parity.Tests.Scenarios.Busy;

internal sealed class EnqueueFromAnotherHost : ParityScenario
{
    public override string Name => "enqueue, steer and interrupt from another host";

    public override async Task RunAsync(ParityScene scene)
    {
        var (run, gate) = await scene.MidAnswerAsync(ParityAgents.Writer, "one");
        var other = await scene.StartHostAsync();
        scene.Model.Enqueue("third", "second");
        var options = new ExecuteOptions { SessionId = ParityScene.SessionId };

        var second = await other.Executor.ExecuteAsync(
            ParityAgents.Writer,
            "two",
            options with
            {
                DoubleTexting = DoubleTexting.Steer,
            },
            scene.Token
        );
        var third = await other.Executor.ExecuteAsync(
            ParityAgents.Writer,
            "three",
            options with
            {
                DoubleTexting = DoubleTexting.Interrupt,
            },
            scene.Token
        );

        (await scene.EndAsync(run)).Reason.ShouldBe("superseded");
        (await scene.CompleteAsync(third)).ShouldBe("third");
        (await scene.CompleteAsync(second)).ShouldBe("second");
        (await scene.TranscriptAsync()).ShouldBe([
            "user: one",
            "assistant: half",
            "user: three",
            "assistant: third",
            "user: two",
            "assistant: second",
        ]);
        gate.Release();
    }
}
