namespace Everturn.Agents;

/// <summary>
/// Code of the application's own at points of a run (Helix Agents, <c>AgentHooks</c>). All are optional. Give them to
/// an agent with <see cref="AgentDefinitionBuilder{TOutput}.WithHooks"/>, or to all agents of a host with
/// <c>AddHooks</c>; a host's hooks come before an agent's, each in the order in which they were added.
/// </summary>
/// <remarks>
/// A hook that throws, or takes longer than the host allows, is logged and the run goes on. The token ends when the run
/// is told to stop or the host stops. Hooks run at least once: whatever a killed process had not recorded yet is done
/// again by the next one, and so are the hooks around it; what is recorded is not repeated, and neither are its hooks.
/// </remarks>
public sealed record AgentHooks
{
    /// <summary>A run begins, before its first model call. May change state.</summary>
    public Func<AgentStartContext, CancellationToken, ValueTask>? OnAgentStart { get; init; }

    /// <summary>The model is about to be called, before each attempt. May change state and the call's options.</summary>
    public Func<BeforeModelCallContext, CancellationToken, ValueTask>? BeforeModelCall { get; init; }

    /// <summary>The model has answered, or failed to. May change state.</summary>
    public Func<AfterModelCallContext, CancellationToken, ValueTask>? AfterModelCall { get; init; }

    /// <summary>A tool is about to be called. May change state, as a part of the call.</summary>
    public Func<BeforeToolContext, CancellationToken, ValueTask>? BeforeTool { get; init; }

    /// <summary>A tool has answered, failed or timed out. May change state, as a part of the call.</summary>
    public Func<AfterToolContext, CancellationToken, ValueTask>? AfterTool { get; init; }

    /// <summary>The run completed, and that is durable. Observes only.</summary>
    public Func<AgentCompleteContext, CancellationToken, ValueTask>? OnAgentComplete { get; init; }

    /// <summary>The run failed or was aborted, and that is durable. Observes only.</summary>
    public Func<AgentFailContext, CancellationToken, ValueTask>? OnAgentFail { get; init; }

    /// <summary>The run was interrupted, and that is durable. Observes only.</summary>
    public Func<AgentInterruptContext, CancellationToken, ValueTask>? OnAgentInterrupt { get; init; }
}
