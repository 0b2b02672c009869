namespace Everturn.StatefulAgents;

/// <summary>No class of stateful agents has this name here. Over HTTP: 400, as upstream.</summary>
/// <param name="agent">The name.</param>
public sealed class StatefulAgentNotFoundException(string agent)
    : EverturnException($"There is no stateful agent '{agent}'. Register it with AddStatefulAgent.")
{
    /// <summary>The name.</summary>
    public string Agent { get; } = agent;
}
