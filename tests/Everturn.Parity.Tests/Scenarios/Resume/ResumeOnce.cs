using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Resume;

internal sealed class ResumeOnce : ParityScenario
{
    public override string Name => "of many resumes at once one is accepted";

    public override async Task RunAsync(ParityScene scene)
    {
        var interrupted = await scene.MidAnswerAsync();
        var gate = new ReplyGate();
        scene.Model.Enqueue(ScriptedReply.Empty.ThenGate(gate).ThenText("done"));

        var handles = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(async number =>
                {
                    try
                    {
                        return number % 2 == 0
                            ? await interrupted.ResumeAsync(cancellationToken: scene.Token)
                            : await interrupted.RetryAsync(cancellationToken: scene.Token);
                    }
                    catch (CannotResumeException refused)
                    {
                        refused.Reason.ShouldBe(ResumeRefusal.Running);
                        return null;
                    }
                })
        );

        var resumed = handles.Where(handle => handle is not null).ShouldHaveSingleItem()!;
        gate.Release();
        await scene.CompleteAsync(resumed);
        (await scene.RunsAsync()).Count.ShouldBe(2);
    }
}
