using System.Collections.Concurrent;

namespace Everturn.Agents;

/// <summary>The agents that this process has code for, by name. Recovery finds an agent here.</summary>
public sealed class AgentRegistry
{
    private readonly ConcurrentDictionary<string, AgentDefinition> _agents = new(StringComparer.Ordinal);

    /// <summary>Adds an agent.</summary>
    /// <param name="agent">The agent.</param>
    /// <exception cref="InvalidInputException">Another agent has its name.</exception>
    public void Register(AgentDefinition agent)
    {
        ArgumentNullException.ThrowIfNull(agent);
        if (!ReferenceEquals(_agents.GetOrAdd(agent.Name, agent), agent))
        {
            throw new InvalidInputException(nameof(agent), $"There is an agent '{agent.Name}' already.");
        }
    }

    /// <summary>The agent of that name.</summary>
    /// <param name="agentType">The name.</param>
    /// <exception cref="AgentNotFoundException">There is none.</exception>
    public AgentDefinition Resolve(string agentType) =>
        _agents.TryGetValue(agentType, out var agent)
            ? agent
            : throw new AgentNotFoundException(agentType, GetRegisteredTypes());

    /// <summary>Whether there is an agent of that name.</summary>
    /// <param name="agentType">The name.</param>
    public bool Has(string agentType) => _agents.ContainsKey(agentType);

    /// <summary>The names, sorted.</summary>
    public IReadOnlyList<string> GetRegisteredTypes() => [.. _agents.Keys.Order(StringComparer.Ordinal)];

    internal IEnumerable<AgentDefinition> All => _agents.Values;
}
