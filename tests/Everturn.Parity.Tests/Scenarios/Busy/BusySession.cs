using Everturn.Agents;
using Everturn.Parity.Tests.Matrix;
using Everturn.Sessions;
using Everturn.Testing.Models;

namespace Everturn.Parity.Tests.Scenarios.Busy;

/// <summary>Messages for a session whose run has not ended.</summary>
internal static class BusySession
{
    /// <summary>A run in the middle of its answer "half ... done", until the gate is released.</summary>
    public static async Task<(AgentHandle<string> Run, ReplyGate Gate)> MidAnswerAsync(
        this ParityScene scene,
        AgentDefinition<string> agent,
        AgentInput input
    )
    {
        var gate = new ReplyGate();
        scene.Model.Enqueue(ScriptedReply.Text("half").ThenGate(gate).ThenText(" done"));
        var run = await scene.BeginAsync(agent, input);
        await gate.Reached;
        return (run, gate);
    }

    /// <summary>Sends a message under a policy.</summary>
    public static Task<AgentHandle<string>> SendAsync(
        this ParityScene scene,
        AgentDefinition<string> agent,
        AgentInput input,
        DoubleTexting policy,
        string? requestId = null
    ) =>
        scene.Host.Executor.ExecuteAsync(
            agent,
            input,
            new()
            {
                SessionId = ParityScene.SessionId,
                DoubleTexting = policy,
                RequestId = requestId,
            },
            scene.Token
        );

    /// <summary>The transcript as pairs of role and text.</summary>
    public static async Task<IReadOnlyList<string>> TranscriptAsync(this ParityScene scene) =>
        [.. (await scene.MessagesAsync()).Select(message => $"{message.Role}: {message.Content}")];

    /// <summary>Nothing waits any more, anywhere.</summary>
    public static async Task ShouldHaveNoQueueAsync(this ParityScene scene)
    {
        (await scene.Store.GetSessionAsync(Stopped.Key, scene.Token))!.QueuedRuns.ShouldBe(0);
        (await scene.Store.GetQueueAsync(Stopped.Key, scene.Token)).ShouldBeEmpty();
        (await scene.Store.ListQueuedSessionsAsync(null, 10, scene.Token)).ShouldBeEmpty();
    }

    public static async Task<IReadOnlyList<(RunStatus Status, string? Reason)>> StatusesAsync(this ParityScene scene) =>
        [.. (await scene.RunsAsync()).Select(run => (run.Status, run.Reason))];
}
