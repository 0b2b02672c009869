using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;

namespace Everturn.Parity.Tests.Scenarios.Busy;

internal sealed class WaitWhileSuspended : ParityScenario
{
    public override string Name =>
        "while a run is suspended, enqueue waits for the end of its turn, and steer joins the run that resumes it";

    public override IReadOnlyList<AgentDefinition> Agents => [ParityAgents.Noter];

    public override async Task RunAsync(ParityScene scene)
    {
        await scene.WithOpenCallsAsync(RunStatus.SuspendedClientTool, Stopped.Approval);
        var waiting = await scene.SendAsync(ParityAgents.Noter, "two", DoubleTexting.Enqueue);
        var steering = await scene.SendAsync(ParityAgents.Noter, "quick", DoubleTexting.Steer);
        scene.Model.Enqueue("resumed", "second");
        await scene.AnswerByHandAsync();

        var resumed = await scene.Host.Executor.ResumeAsync(ParityAgents.Noter, Stopped.Key, null, scene.Token);

        (await scene.CompleteAsync(resumed)).ShouldBe("resumed");
        (await steering.ResultAsync(scene.Token)).Output.ShouldBe("resumed");
        (await scene.CompleteAsync(waiting)).ShouldBe("second");
        (await scene.TranscriptAsync()).ShouldBe([
            "user: go",
            "assistant: ",
            "tool: 3",
            "tool: two",
            "user: quick",
            "assistant: resumed",
            "user: two",
            "assistant: second",
        ]);
        (await scene.RunsAsync())
            .Select(run => (run.Trigger, run.Turn))
            .ShouldBe([(RunTrigger.Execute, 1), (RunTrigger.Resume, 1), (RunTrigger.Execute, 2)]);
        await scene.ShouldHaveNoQueueAsync();
    }
}
