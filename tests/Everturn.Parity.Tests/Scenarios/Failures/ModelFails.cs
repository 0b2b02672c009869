using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Failures;

internal sealed class ModelFails : ParityScenario
{
    public override string Name => "a model that keeps failing fails the run, and the session goes on";

    public override async Task RunAsync(ParityScene scene)
    {
        scene.Model.Enqueue(ScriptedReply.Fail(new HttpRequestException("no")), "yes");

        var failed = await scene.RunAsync(ParityAgents.Writer, "go");

        failed.Status.ShouldBe(RunStatus.Failed);
        failed.Reason.ShouldBe(RunReason.ModelFailed);
        failed.Error.ShouldBe("no");
        (await scene.ChunksAsync())[^1].Type.ShouldBe("error");
        (await scene.RunAsync(ParityAgents.Writer, "again")).Output.ShouldBe("yes");
    }
}
