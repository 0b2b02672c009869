using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Control;

internal sealed class ResumeWithMessage : ParityScenario
{
    public override string Name => "resume with a message";

    public override async Task RunAsync(ParityScene scene)
    {
        var gate = new ReplyGate();
        scene.Model.Enqueue(ScriptedReply.Text("half").ThenGate(gate), "whole");
        var run = await scene.BeginAsync(ParityAgents.Writer, "go");
        await gate.Reached;
        await run.InterruptAsync("wait", cancellationToken: scene.Token);
        await scene.EndAsync(run);
        var resumed = await run.ResumeAsync(
            new() { Mode = ResumeMode.WithMessage, Message = "shorter, please" },
            scene.Token
        );

        (await scene.CompleteAsync(resumed)).ShouldBe("whole");
        (await scene.MessagesAsync())
            .Select(message => message.Content)
            .ShouldBe(["go", "half", "shorter, please", "whole"]);
    }
}
