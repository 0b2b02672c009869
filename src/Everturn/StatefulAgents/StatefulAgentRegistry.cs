using System.Collections.Frozen;

namespace Everturn.StatefulAgents;

/// <summary>The classes of stateful agents of this host.</summary>
internal sealed class StatefulAgentRegistry
{
    private readonly FrozenDictionary<string, StatefulAgentRegistration> _byName;
    private readonly FrozenDictionary<Type, StatefulAgentRegistration> _byType;

    public StatefulAgentRegistry(IEnumerable<StatefulAgentRegistration> registrations)
    {
        var byName = new Dictionary<string, StatefulAgentRegistration>();
        foreach (var registration in registrations)
        {
            if (!byName.TryAdd(registration.Name, registration))
            {
                throw new InvalidOperationException($"Two stateful agents are named \"{registration.Name}\".");
            }
        }

        _byName = byName.ToFrozenDictionary();
        _byType = byName.Values.DistinctBy(agent => agent.AgentType).ToFrozenDictionary(agent => agent.AgentType);
        Names = byName.Keys;
    }

    /// <summary>The names in kebab case.</summary>
    public IReadOnlyCollection<string> Names { get; }

    public StatefulAgentRegistration? Find(string name) => _byName.GetValueOrDefault(name);

    /// <exception cref="StatefulAgentNotFoundException">It is not registered.</exception>
    public StatefulAgentRegistration Get(string name) => Find(name) ?? throw new StatefulAgentNotFoundException(name);

    /// <exception cref="StatefulAgentNotFoundException">It is not registered.</exception>
    public StatefulAgentRegistration Get(Type agent) =>
        _byType.GetValueOrDefault(agent) ?? throw new StatefulAgentNotFoundException(agent.Name);
}
