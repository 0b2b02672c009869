using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Sessions;

internal sealed class Rename : ParityScenario
{
    public override string Name => "rename and tag while a run is running";

    public override async Task RunAsync(ParityScene scene)
    {
        var gate = new ReplyGate();
        scene.Model.Enqueue(ScriptedReply.Text("a").ThenGate(gate).ThenText("b"), "next");
        var run = await scene.BeginAsync(ParityAgents.Writer, "go");
        await gate.Reached;

        var renamed = await scene.Store.ChangeSessionAsync(
            Stopped.Key,
            new() { Title = "A better name", Tags = ["blue"] },
            Stopped.At,
            scene.Token
        );

        renamed.Title.ShouldBe("A better name");
        gate.Release();
        (await scene.CompleteAsync(run)).ShouldBe("ab");
        (await scene.RunAsync(ParityAgents.Writer, "more")).Output.ShouldBe("next");
        var found = await scene.Store.ListSessionsAsync(new() { Text = "better", Tag = "blue" }, scene.Token);
        found.Items.ShouldHaveSingleItem().Title.ShouldBe("A better name");
        await scene.Store.ChangeSessionAsync(Stopped.Key, new() { Title = "", Tags = [] }, Stopped.At, scene.Token);
        (await scene.Store.GetSessionAsync(Stopped.Key, scene.Token))!.Title.ShouldBeNull();
        await Should.ThrowAsync<SessionNotFoundException>(() =>
            scene.Store.ChangeSessionAsync(new("none"), new() { Title = "x" }, Stopped.At, scene.Token).AsTask()
        );
    }
}
