using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;
using Everturn.Streaming;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Turns;

internal sealed class Execute : ParityScenario
{
    public override string Name => "execute on a new session";

    public override async Task RunAsync(ParityScene scene)
    {
        scene.Model.Enqueue(ScriptedReply.Text("Hel", "lo"));

        var result = await scene.RunAsync(ParityAgents.Writer, "Hi");

        result.Status.ShouldBe(RunStatus.Completed, result.Error);
        result.Output.ShouldBe("Hello");
        (await scene.MessagesAsync()).Select(message => message.Content).ShouldBe(["Hi", "Hello"]);
        (await scene.ChunksAsync()).OfType<TextDeltaChunk>().Select(chunk => chunk.Delta).ShouldBe(["Hel", "lo"]);
    }
}
