using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Budgets;

internal sealed class MaxSteps : ParityScenario
{
    private static readonly AgentDefinition<string> Agent = AgentDefinition
        .Create("looper")
        .WithTool((string text) => text, options => options.Name = "note")
        .WithMaxSteps(2)
        .Build();

    public override string Name => "a run that uses up its steps fails";

    public override IReadOnlyList<AgentDefinition> Agents => [Agent];

    public override async Task RunAsync(ParityScene scene)
    {
        var call = ScriptedReply.ToolCall("note", new() { ["text"] = "a" });
        scene.Model.Enqueue(call, call);

        var result = await scene.RunAsync(Agent, "go");

        result.Status.ShouldBe(RunStatus.Failed);
        result.Reason.ShouldBe(RunReason.MaxSteps);
        var retried = await scene.Host.Executor.RetryAsync(Agent, new(ParityScene.SessionId), null, scene.Token);
        (await scene.EndAsync(retried)).Reason.ShouldBe(RunReason.MaxSteps);
        // From the start the work begins anew, and so do its steps.
        scene.Model.Enqueue(call, "done");
        var anew = await scene.Host.Executor.RetryAsync(
            Agent,
            new(ParityScene.SessionId),
            new() { Mode = RetryMode.FromStart },
            scene.Token
        );
        (await scene.CompleteAsync(anew)).ShouldBe("done");
        scene.Model.Enqueue("fresh start");
        (await scene.RunAsync(Agent, "again")).Output.ShouldBe("fresh start");
    }
}
