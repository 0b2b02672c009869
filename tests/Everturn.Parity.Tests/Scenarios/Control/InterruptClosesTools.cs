using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Control;

internal sealed class InterruptClosesTools : ParityScenario
{
    private readonly TaskCompletionSource _runs = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly AgentDefinition<string> _agent;

    public InterruptClosesTools() =>
        _agent = AgentDefinition
            .Create("hanging")
            .WithTool(
                (CancellationToken token) =>
                {
                    _runs.TrySetResult();
                    return new TaskCompletionSource().Task.WaitAsync(token);
                },
                options => options.Name = "hang"
            )
            .Build();

    public override string Name => "interrupt closes the calls that are open";

    public override IReadOnlyList<AgentDefinition> Agents => [_agent];

    public override async Task RunAsync(ParityScene scene)
    {
        scene.Model.Enqueue(ScriptedReply.ToolCall("hang"), "goes on");
        var run = await scene.BeginAsync(_agent, "go");
        await _runs.Task.WaitAsync(scene.Token);

        await run.InterruptAsync(cancellationToken: scene.Token);
        (await scene.EndAsync(run)).Reason.ShouldBe(RunReason.UserRequested);

        (await scene.MessagesAsync())[^1].IsError.ShouldBeTrue();
        (await scene.RunAsync(_agent, "more")).Output.ShouldBe("goes on");
    }
}
