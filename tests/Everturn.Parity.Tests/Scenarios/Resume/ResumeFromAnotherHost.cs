using Everturn.Parity.Tests.Matrix;

namespace Everturn.Parity.Tests.Scenarios.Resume;

internal sealed class ResumeFromAnotherHost : ParityScenario
{
    public override string Name => "resume from another host";

    public override async Task RunAsync(ParityScene scene)
    {
        await scene.MidAnswerAsync();
        scene.Model.Enqueue("elsewhere");
        var other = await scene.StartHostAsync();

        (await other.Executor.CanResumeAsync(Stopped.Key, scene.Token)).CanResume.ShouldBeTrue();
        var resumed = await other.Executor.ResumeAsync(ParityAgents.Writer, Stopped.Key, null, scene.Token);

        (await resumed.ResultAsync(scene.Token)).Output.ShouldBe("elsewhere");
        (await scene.MessagesAsync())[^1].Content.ShouldBe("elsewhere");
    }
}
