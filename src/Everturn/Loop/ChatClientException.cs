namespace Everturn.Loop;

/// <summary>An agent's chat client is missing or cannot be used.</summary>
/// <param name="agentType">The agent.</param>
/// <param name="problem">What is wrong.</param>
public sealed class ChatClientException(string agentType, string problem)
    : EverturnException($"Agent '{agentType}' cannot call its model: {problem}.")
{
    /// <summary>The agent.</summary>
    public string AgentType { get; } = agentType;
}
