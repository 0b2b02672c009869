using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Streaming;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Failures;

internal sealed class ModelCallRepeated : ParityScenario
{
    private static readonly AgentDefinition<string> Agent = AgentDefinition
        .Create("retrying")
        .WithRetry(new() { MaxRetries = 1, Delay = TimeSpan.FromMilliseconds(1) })
        .Build();

    public override string Name => "a model call that breaks is repeated, and what it had said is void";

    public override IReadOnlyList<AgentDefinition> Agents => [Agent];

    public override async Task RunAsync(ParityScene scene)
    {
        scene.Model.Enqueue(ScriptedReply.Text("wro").ThenFail(new HttpRequestException("cut")), "right");

        (await scene.RunAsync(Agent, "go")).Output.ShouldBe("right");

        var chunks = await scene.ChunksAsync();
        chunks.OfType<StepDiscardedChunk>().ShouldHaveSingleItem().FromSequence.ShouldBe(1);
        (await scene.MessagesAsync()).Select(message => message.Content).ShouldBe(["go", "right"]);
    }
}
