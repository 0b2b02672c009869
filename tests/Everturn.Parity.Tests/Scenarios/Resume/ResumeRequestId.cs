using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;

namespace Everturn.Parity.Tests.Scenarios.Resume;

internal sealed class ResumeRequestId : ParityScenario
{
    public override string Name =>
        "the same resume request gives the same run, also after its end; another body is refused";

    public override async Task RunAsync(ParityScene scene)
    {
        var interrupted = await scene.MidAnswerAsync();
        scene.Model.Enqueue("done");
        var options = new ResumeOptions { RequestId = "r-1" };

        var handles = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(_ => interrupted.ResumeAsync(options, scene.Token))
        );
        await scene.CompleteAsync(handles[0]);
        var again = await interrupted.ResumeAsync(options, scene.Token);

        handles.Select(handle => handle.RunId).Distinct().ShouldHaveSingleItem().ShouldBe(again.RunId);
        handles.Count(handle => !handle.IsReplay).ShouldBe(1);
        again.IsReplay.ShouldBeTrue();
        await Should.ThrowAsync<RequestConflictException>(() =>
            interrupted.ResumeAsync(options with { Mode = ResumeMode.WithMessage, Message = "x" }, scene.Token)
        );
        await Should.ThrowAsync<RequestConflictException>(() =>
            interrupted.RetryAsync(new() { RequestId = "r-1" }, scene.Token)
        );
        await Should.ThrowAsync<RequestConflictException>(() =>
            interrupted.SendAsync("x", new() { RequestId = "r-1" }, scene.Token)
        );
        (await scene.RunsAsync()).Count.ShouldBe(2);
    }
}
