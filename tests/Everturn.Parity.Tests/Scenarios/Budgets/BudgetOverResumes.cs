using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Budgets;

internal sealed class BudgetOverResumes : ParityScenario
{
    private static readonly AgentDefinition<string> Agent = AgentDefinition
        .Create("looper")
        .WithTool((string text) => text, options => options.Name = "note")
        .WithMaxSteps(2)
        .Build();

    public override string Name => "what a run used is counted on by the run that resumes it";

    public override IReadOnlyList<AgentDefinition> Agents => [Agent];

    public override async Task RunAsync(ParityScene scene)
    {
        var call = ScriptedReply.ToolCall("note", new() { ["text"] = "a" });
        var gate = new ReplyGate();
        scene.Model.Enqueue(call, ScriptedReply.Text("half").ThenGate(gate));
        var run = await scene.BeginAsync(Agent, "go");
        await gate.Reached;
        await run.InterruptAsync(cancellationToken: scene.Token);
        await scene.EndAsync(run);

        // The step that was cut off is one, too.
        var resumed = await scene.Host.Executor.ResumeAsync(Agent, new(ParityScene.SessionId), null, scene.Token);

        var result = await scene.EndAsync(resumed);
        (result.Status, result.Reason, result.Error).ShouldBe(
            (RunStatus.Failed, RunReason.MaxSteps, "The run used all 2 steps of its agent.")
        );
        // Its start is where the resume began: what came before still counts.
        var retried = await scene.Host.Executor.RetryAsync(
            Agent,
            new(ParityScene.SessionId),
            new() { Mode = RetryMode.FromStart },
            scene.Token
        );
        (await scene.EndAsync(retried)).Reason.ShouldBe(RunReason.MaxSteps);
    }
}
