using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Turns;

internal sealed class OneWriter : ParityScenario
{
    public override string Name => "one of ten starts at once is accepted";

    public override async Task RunAsync(ParityScene scene)
    {
        var gate = new ReplyGate();
        scene.Model.Enqueue(ScriptedReply.Empty.ThenGate(gate).ThenText("done"));

        var starts = Enumerable.Range(0, 10).Select(_ => TryBeginAsync(scene));
        var accepted = (await Task.WhenAll(starts)).OfType<AgentHandle<string>>().ShouldHaveSingleItem();
        gate.Release();

        (await scene.CompleteAsync(accepted)).ShouldBe("done");
        (await scene.RunsAsync()).Count.ShouldBe(1);
    }

    private static async Task<AgentHandle<string>?> TryBeginAsync(ParityScene scene)
    {
        try
        {
            return await scene.BeginAsync(ParityAgents.Writer, "go");
        }
        catch (AgentAlreadyRunningException)
        {
            return null;
        }
    }
}
