using Everturn.Parity.Tests.Matrix;
using Everturn.Streaming;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Reading;

internal sealed class Rejoin : ParityScenario
{
    public override string Name => "a reader that comes back with its last number misses nothing";

    public override async Task RunAsync(ParityScene scene)
    {
        var gate = new ReplyGate();
        scene.Model.Enqueue(ScriptedReply.Text("a", "b").ThenGate(gate).ThenText("c", "d"));
        var run = await scene.BeginAsync(ParityAgents.Writer, "go");
        await gate.Reached;
        var seen = new List<StreamChunk>();
        await foreach (var chunk in run.StreamAsync(cancellationToken: scene.Token))
        {
            seen.Add(chunk);
            if (chunk is TextDeltaChunk { Delta: "b" })
            {
                break;
            }
        }

        gate.Release();
        await foreach (var chunk in run.StreamAsync(seen[^1].Sequence, scene.Token))
        {
            seen.Add(chunk);
        }

        await scene.CompleteAsync(run);
        seen.Select(chunk => chunk.Sequence).ShouldBe((await scene.ChunksAsync()).Select(chunk => chunk.Sequence));
    }
}
