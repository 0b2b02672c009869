using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Budgets;

internal sealed class SessionBudgets : ParityScenario
{
    private static readonly AgentDefinition<string> BySteps = AgentDefinition
        .Create("steps")
        .WithSessionBudget(new() { Steps = 2 })
        .Build();

    private static readonly AgentDefinition<string> ByTokens = AgentDefinition
        .Create("tokens")
        .WithSessionBudget(new() { Tokens = 100 })
        .Build();

    public override string Name =>
        "a session's budget counts all its runs, on whatever host, and ends the one that finds it used up";

    public override IReadOnlyList<AgentDefinition> Agents => [BySteps, ByTokens];

    public override async Task RunAsync(ParityScene scene)
    {
        scene.Model.Enqueue("one", "two");
        await scene.RunAsync(BySteps, "a");
        await scene.RunAsync(BySteps, "b");

        (await scene.RunAsync(BySteps, "c")).Reason.ShouldBe(RunReason.SessionMaxSteps);

        scene.Model.Enqueue(ScriptedReply.Text("one").ThenUsage(60, 10), ScriptedReply.Text("two").ThenUsage(60, 10));
        await TurnAsync(scene, scene.Host.Executor);
        var other = await scene.StartHostAsync();
        (await TurnAsync(scene, other.Executor)).IsCompleted.ShouldBeTrue();
        (await TurnAsync(scene, other.Executor)).Reason.ShouldBe(RunReason.SessionMaxTokens);
        scene.Model.Calls.Count.ShouldBe(4);
    }

    private static async Task<AgentResult> TurnAsync(ParityScene scene, IAgentExecutor executor)
    {
        var run = await executor.ExecuteAsync(ByTokens, "go", new() { SessionId = "tokens" }, scene.Token);
        return await run.ResultAsync(scene.Token);
    }
}
