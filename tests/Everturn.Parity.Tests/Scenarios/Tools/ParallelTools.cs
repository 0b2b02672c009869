using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;
using Everturn.Streaming;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Tools;

internal sealed class ParallelTools : ParityScenario
{
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly AgentDefinition<string> _agent;
    private int _there;

    public ParallelTools() =>
        _agent = AgentDefinition.Create("meeting").WithTool(MeetAsync, options => options.Name = "meet").Build();

    public override string Name => "parallel calls run at the same time";

    public override IReadOnlyList<AgentDefinition> Agents => [_agent];

    public override async Task RunAsync(ParityScene scene)
    {
        scene.Model.Enqueue(ScriptedReply.ToolCall("meet").ThenToolCall("meet").ThenToolCall("meet"), "met");

        var result = await scene.RunAsync(_agent, "meet");

        result.Output.ShouldBe("met");
        (await scene.ChunksAsync()).OfType<ToolEndChunk>().Count().ShouldBe(3);
        (await scene.MessagesAsync()).Count(message => message.Role == MessageRole.Tool).ShouldBe(3);
    }

    // Nobody leaves before all three are there.
    private async Task MeetAsync()
    {
        if (Interlocked.Increment(ref _there) == 3)
        {
            _all.SetResult();
        }

        await _all.Task;
    }
}
