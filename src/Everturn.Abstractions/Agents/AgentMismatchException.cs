namespace Everturn.Agents;

/// <summary>The session belongs to another agent; a session keeps its agent. Over HTTP: 409.</summary>
/// <param name="sessionId">The session.</param>
/// <param name="agentType">The agent that was asked for.</param>
/// <param name="actualAgentType">The session's agent.</param>
public sealed class AgentMismatchException(string sessionId, string agentType, string actualAgentType)
    : EverturnException(
        $"Session '{sessionId}' belongs to agent '{actualAgentType}', not '{agentType}'. Use another session."
    )
{
    /// <summary>The session.</summary>
    public string SessionId { get; } = sessionId;

    /// <summary>The agent that was asked for.</summary>
    public string AgentType { get; } = agentType;

    /// <summary>The session's agent.</summary>
    public string ActualAgentType { get; } = actualAgentType;
}
