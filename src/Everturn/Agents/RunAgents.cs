using Everturn.Sessions;

namespace Everturn.Agents;

/// <summary>Finds the definition that a new run executes.</summary>
/// <param name="agents">The agents that this process knows.</param>
/// <param name="store">Knows whose session it is.</param>
/// <param name="services">What factories are given.</param>
internal sealed class RunAgents(AgentRegistry agents, ISessionStore store, IServiceProvider services)
{
    /// <summary>The definition of a run that nobody executes any more; null where this process has none by itself.</summary>
    public AgentDefinition? Find(string agentType) => agents.Get(agentType);

    /// <summary>Definitions are what they are; a factory is asked for this very run.</summary>
    /// <param name="agentType">The agent's name.</param>
    /// <param name="given">What the caller handed in; of a factory's agent only the output's type counts.</param>
    /// <param name="key">The session.</param>
    /// <param name="runId">The run.</param>
    /// <param name="userId">Whose session it is; null to look it up.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <exception cref="AgentNotFoundException">This process does not know the agent.</exception>
    /// <exception cref="InvalidInputException">The factory makes an agent of another output.</exception>
    public async ValueTask<AgentDefinition> ResolveAsync(
        string agentType,
        AgentDefinition? given,
        SessionKey key,
        string runId,
        string? userId,
        CancellationToken cancellationToken
    )
    {
        var known = agents.Get(agentType);
        if (known is null && agents.Has(agentType))
        {
            userId ??= (await store.GetSessionAsync(key, cancellationToken).ConfigureAwait(false))?.UserId;
            var made = agents.Resolve(agentType, new(services, key.SessionId, runId, userId));
            return given is null || given.GetType() == made.GetType()
                ? made
                : throw new InvalidInputException(
                    "agent",
                    $"The factory of '{agentType}' makes one of another output."
                );
        }

        return known is not null && (given is null || ReferenceEquals(given, known))
            ? known
            : throw new AgentNotFoundException(agentType, agents.GetRegisteredTypes());
    }
}
