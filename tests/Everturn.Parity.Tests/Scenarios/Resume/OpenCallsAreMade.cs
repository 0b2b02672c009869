using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;

namespace Everturn.Parity.Tests.Scenarios.Resume;

internal sealed class OpenCallsAreMade : ParityScenario
{
    public override string Name => "resume makes calls that have no outcome, under their keys, and no others";

    public override IReadOnlyList<AgentDefinition> Agents => [ParityAgents.Noter];

    public override async Task RunAsync(ParityScene scene)
    {
        await scene.WithOpenCallsAsync(RunStatus.Interrupted);
        scene.Model.Enqueue("noted");

        var resumed = await scene.Host.Executor.ResumeAsync(ParityAgents.Noter, Stopped.Key, null, scene.Token);
        await scene.CompleteAsync(resumed);

        (await scene.MessagesAsync()).Select(message => message.Content).ShouldBe(["go", null, "3", "3", "noted"]);
        (await scene.NotesAsync()).ShouldBe(["one", "two"]);
        var calls = await scene.Store.GetToolCallsAsync(Stopped.Key, resumed.RunId, scene.Token);
        calls.Select(call => (call.IdempotencyKey, call.Attempt)).ShouldBe([("key-1", 1), ("key-2", 2)]);
    }
}
