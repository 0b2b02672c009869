using Everturn.Sessions;

namespace Everturn.Agents;

/// <summary>What was said about how this host executes agents, by name. Filled while services are registered.</summary>
internal sealed class AgentHosting
{
    private readonly Dictionary<string, AgentHostingOptions> _byAgent = new(StringComparer.Ordinal);

    public string DefaultRuntime { get; set; } = AgentRuntimes.Workflow;

    /// <summary>Retention where the host was told; definitions have their own.</summary>
    public IEnumerable<KeyValuePair<string, SweepPolicy>> Retention =>
        _byAgent
            .Where(agent => agent.Value.Retention is not null)
            .Select(agent => KeyValuePair.Create(agent.Key, agent.Value.Retention!));

    public static void CheckRuntime(string runtime, string field)
    {
        if (runtime is not (AgentRuntimes.InProcess or AgentRuntimes.Workflow))
        {
            throw new InvalidInputException(
                field,
                $"There is no runtime '{runtime}'. There are: {AgentRuntimes.InProcess}, {AgentRuntimes.Workflow}."
            );
        }
    }

    public void Add(string agentType, AgentHostingOptions options) => _byAgent[agentType] = options;

    public string RuntimeOf(string agentType) => _byAgent.GetValueOrDefault(agentType)?.Runtime ?? DefaultRuntime;

    /// <summary>Whether the last answer resumes a run; null where the host's own setting counts.</summary>
    public bool? ResumesItself(string agentType) => _byAgent.GetValueOrDefault(agentType)?.ResumesItself;
}
