using Everturn.Parity.Tests.Matrix;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Turns;

internal sealed class ManyTurns : ParityScenario
{
    public override string Name => "ten turns, numbered without a gap";

    public override async Task RunAsync(ParityScene scene)
    {
        scene.Model.Enqueue(Enumerable.Range(1, 10).Select(turn => ScriptedReply.Text($"answer {turn}")));

        for (var turn = 1; turn <= 10; turn++)
        {
            (await scene.RunAsync(ParityAgents.Writer, $"question {turn}")).Output.ShouldBe($"answer {turn}");
        }

        var runs = await scene.RunsAsync();
        runs.Select(run => run.Ordinal).ShouldBe(Enumerable.Range(1, 10));
        runs.Skip(1)
            .Select(run => run.StartSequence)
            .ShouldBe(runs.SkipLast(1).Select(run => run.EndSequence!.Value + 1));
        (await scene.MessagesAsync()).Count.ShouldBe(20);
    }
}
