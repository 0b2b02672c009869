using System.Collections.Concurrent;

namespace Everturn.Agents;

/// <summary>
/// The agents that this process has code for, by name: definitions, and factories that make one for each run. Recovery
/// finds an agent here. Safe for use from several threads.
/// </summary>
public sealed class AgentRegistry : IAgentResolver
{
    private readonly ConcurrentDictionary<string, Entry> _agents = new(StringComparer.Ordinal);

    /// <summary>A registry for the whole process, for programs that put their parts together by hand.</summary>
    public static AgentRegistry Default { get; } = new();

    /// <summary>Adds an agent.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="replace">
    /// Takes the place of what has its name. Runs under way keep the definition that they were opened with.
    /// </param>
    /// <exception cref="InvalidInputException">Another agent has its name, and it is not to be replaced.</exception>
    public void Register(AgentDefinition agent, bool replace = false)
    {
        ArgumentNullException.ThrowIfNull(agent);
        Add(nameof(agent), agent.Name, new(agent, null), replace);
    }

    /// <summary>Adds an agent that is made anew for each run.</summary>
    /// <param name="agentType">The agent's name; definitions that the factory makes must have it.</param>
    /// <param name="factory">Makes the definition.</param>
    /// <param name="replace">Takes the place of what has this name.</param>
    /// <exception cref="InvalidInputException">It is not an agent name, or is taken and not to be replaced.</exception>
    public void RegisterFactory(string agentType, AgentFactory factory, bool replace = false)
    {
        Identifiers.CheckAgentName(agentType, nameof(agentType));
        ArgumentNullException.ThrowIfNull(factory);
        Add(nameof(agentType), agentType, new(null, factory), replace);
    }

    /// <inheritdoc />
    /// <exception cref="InvalidOperationException">The factory made an agent of another name.</exception>
    public AgentDefinition Resolve(string agentType, AgentFactoryContext context)
    {
        ArgumentNullException.ThrowIfNull(agentType);
        if (!_agents.TryGetValue(agentType, out var entry))
        {
            throw new AgentNotFoundException(agentType, GetRegisteredTypes());
        }

        if (entry.Definition is { } definition)
        {
            return definition;
        }

        ArgumentNullException.ThrowIfNull(context);
        var made = entry.Factory!(context);
        return made?.Name == agentType
            ? made
            : throw new InvalidOperationException(
                $"The factory of agent '{agentType}' made {(made is null ? "none" : $"an agent '{made.Name}'")}."
            );
    }

    /// <summary>The definition of that name; null if there is none, or a factory.</summary>
    /// <param name="agentType">The name.</param>
    public AgentDefinition? Get(string agentType) => _agents.GetValueOrDefault(agentType).Definition;

    /// <inheritdoc />
    public bool Has(string agentType) => _agents.ContainsKey(agentType);

    /// <summary>Removes an agent. Its runs under way end; those to be recovered wait until it is registered again.</summary>
    /// <param name="agentType">The name.</param>
    /// <returns>False if there was none.</returns>
    public bool Unregister(string agentType) => _agents.TryRemove(agentType, out _);

    /// <summary>The names, sorted.</summary>
    public IReadOnlyList<string> GetRegisteredTypes() => [.. _agents.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Removes all agents; for tests.</summary>
    public void Clear() => _agents.Clear();

    /// <summary>The definitions; agents that are made for each run are not among them.</summary>
    internal IEnumerable<AgentDefinition> Definitions =>
        _agents.Values.Select(entry => entry.Definition).OfType<AgentDefinition>();

    private void Add(string field, string agentType, Entry entry, bool replace)
    {
        if (replace)
        {
            _agents[agentType] = entry;
        }
        else if (_agents.GetOrAdd(agentType, entry) != entry)
        {
            throw new InvalidInputException(field, $"There is an agent '{agentType}' already.");
        }
    }

    private readonly record struct Entry(AgentDefinition? Definition, AgentFactory? Factory);
}
