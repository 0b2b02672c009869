namespace Everturn.Agents;

/// <summary>No agent of that name is registered. Over HTTP: 404 with both fields.</summary>
/// <param name="agentType">The name that was asked for.</param>
/// <param name="availableTypes">The names that are registered.</param>
public sealed class AgentNotFoundException(string agentType, IReadOnlyList<string> availableTypes)
    : EverturnException(
        $"There is no agent '{agentType}'. Registered: {(availableTypes.Count == 0 ? "none" : string.Join(", ", availableTypes))}."
    )
{
    /// <summary>The name that was asked for.</summary>
    public string AgentType { get; } = agentType;

    /// <summary>The names that are registered.</summary>
    public IReadOnlyList<string> AvailableTypes { get; } = availableTypes;
}
