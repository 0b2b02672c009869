namespace Everturn.Agents.Steps;

/// <summary>A session that a call of another one leads to.</summary>
/// <param name="ToolCallId">The call.</param>
/// <param name="AgentType">The sub-agent.</param>
/// <param name="SessionId">The sub-agent's session.</param>
public sealed record SubAgentReference(string ToolCallId, string AgentType, string SessionId)
{
    internal void Validate(string path)
    {
        InputChecks.Text(ToolCallId, $"{path}.toolCallId");
        Identifiers.CheckAgentName(AgentType, $"{path}.agentType");
        Identifiers.CheckSessionId(SessionId, $"{path}.sessionId");
    }
}
