using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;

namespace Everturn.Parity.Tests.Scenarios.Sessions;

internal sealed class Delete : ParityScenario
{
    public override string Name => "delete, and its id is gone";

    public override async Task RunAsync(ParityScene scene)
    {
        scene.Model.Enqueue("one");
        await scene.RunAsync(ParityAgents.Writer, "go");

        var deleted = await scene.Store.DeleteSessionAsync(
            new(ParityScene.SessionId),
            TimeProvider.System.GetUtcNow(),
            scene.Token
        );

        deleted.ShouldBe(SessionCommitOutcome.Applied);
        (await scene.Host.Executor.GetHandleAsync(new SessionKey(ParityScene.SessionId), scene.Token)).ShouldBeNull();
        await Should.ThrowAsync<SessionDeletedException>(() => scene.BeginAsync(ParityAgents.Writer, "go"));
    }
}
