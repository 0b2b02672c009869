using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;

namespace Everturn.Parity.Tests.Scenarios.Resume;

internal sealed class ResumeWithMessage : ParityScenario
{
    public override string Name => "resume with a message";

    public override async Task RunAsync(ParityScene scene)
    {
        var interrupted = await scene.MidAnswerAsync();
        scene.Model.Enqueue("in French");

        var resumed = await interrupted.ResumeAsync(
            new() { Mode = ResumeMode.WithMessage, Message = "and now in French" },
            scene.Token
        );
        await scene.CompleteAsync(resumed);

        scene.LastAsked().ShouldBe(["You write.", "go", "half", "and now in French"]);
        resumed.Run.InputMessageCount.ShouldBe(1);
    }
}
