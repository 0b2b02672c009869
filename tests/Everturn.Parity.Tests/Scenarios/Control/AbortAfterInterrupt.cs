using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Control;

internal sealed class AbortAfterInterrupt : ParityScenario
{
    public override string Name => "of an interrupt and an abort the abort counts, whichever came first";

    public override async Task RunAsync(ParityScene scene)
    {
        foreach (var abortsFirst in new[] { true, false })
        {
            var gate = new ReplyGate();
            var heard = new TaskCompletionSource();
            scene.Model.Enqueue(ScriptedReply.Text("half").ThenGate(gate).ThenWait(_ => new(heard.Task)));
            var run = await scene.BeginAsync(ParityAgents.Writer, "go");
            await gate.Reached;
            Func<Task>[] commands =
            [
                () => run.InterruptAsync("later", InterruptMode.AtCheckpoint, scene.Token),
                () => run.AbortAsync("now", scene.Token),
            ];
            foreach (var command in abortsFirst ? commands.Reverse() : commands)
            {
                await command();
            }

            gate.Release();
            heard.SetResult();
            var result = await scene.EndAsync(run);

            (result.Status, result.Reason, result.Error).ShouldBe((RunStatus.Failed, RunReason.Aborted, "now"));
        }
    }
}
