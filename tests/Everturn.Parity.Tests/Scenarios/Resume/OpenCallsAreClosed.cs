using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;

namespace Everturn.Parity.Tests.Scenarios.Resume;

internal sealed class OpenCallsAreClosed : ParityScenario
{
    public override string Name => "resume with a message, or the next turn, closes calls that are open";

    public override IReadOnlyList<AgentDefinition> Agents => [ParityAgents.Noter];

    public override async Task RunAsync(ParityScene scene)
    {
        await scene.WithOpenCallsAsync(RunStatus.Interrupted);
        scene.Model.Enqueue("well");

        var next = await scene.BeginAsync(ParityAgents.Noter, "never mind");
        await scene.CompleteAsync(next);

        (await scene.MessagesAsync())
            .Select(message => message.Content)
            .ShouldBe(["go", null, "3", "Interrupted before it had a result.", "never mind", "well"]);
        (await scene.NotesAsync()).ShouldBe(["one"]);
        (next.Run.StartMessageCount, next.Run.InputMessageCount).ShouldBe((4, 1));
    }
}
