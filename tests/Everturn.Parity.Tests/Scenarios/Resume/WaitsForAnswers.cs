using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;

namespace Everturn.Parity.Tests.Scenarios.Resume;

internal sealed class WaitsForAnswers : ParityScenario
{
    public override string Name => "a suspended run is resumed once it has its answers";

    public override IReadOnlyList<AgentDefinition> Agents => [ParityAgents.Noter];

    public override async Task RunAsync(ParityScene scene)
    {
        await scene.WithOpenCallsAsync(RunStatus.SuspendedClientTool, Stopped.Approval);
        var executor = scene.Host.Executor;
        var run = (await executor.GetHandleAsync(ParityAgents.Noter, ParityScene.SessionId, "", scene.Token))!;
        (await run.ResultAsync(scene.Token)).Suspended!.ToolCallIds.ShouldBe(["call-2"]);
        (await run.CanResumeAsync(scene.Token)).Reason.ShouldBe(ResumeRefusal.AwaitingAnswers);
        await scene.ShouldRefuseAsync(
            ResumeRefusal.AwaitingAnswers,
            () => run.ResumeAsync(cancellationToken: scene.Token)
        );
        await scene.ShouldRefuseAsync(ResumeRefusal.Suspended, () => run.RetryAsync(cancellationToken: scene.Token));
        await Should.ThrowAsync<AgentAlreadyRunningException>(() => run.SendAsync("x", scene.Token));
        await scene.AnswerByHandAsync();
        scene.Model.Enqueue("thanks");

        var resumed = await run.ResumeAsync(cancellationToken: scene.Token);
        await scene.CompleteAsync(resumed);

        (await scene.MessagesAsync()).Select(message => message.Content).ShouldBe(["go", null, "3", "two", "thanks"]);
    }
}
