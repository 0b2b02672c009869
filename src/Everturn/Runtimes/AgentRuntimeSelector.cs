using Everturn.Agents;

namespace Everturn.Runtimes;

/// <summary>Gives the runtime that is to carry an agent's next run.</summary>
internal sealed class AgentRuntimeSelector
{
    private readonly Func<string, IAgentRuntime> _select;

    /// <param name="runtimes">All there are.</param>
    /// <param name="hosting">Which agent goes where.</param>
    public AgentRuntimeSelector(IEnumerable<IAgentRuntime> runtimes, AgentHosting hosting)
    {
        var byName = runtimes.ToDictionary(runtime => runtime.Name);
        _select = agentType => byName[hosting.RuntimeOf(agentType)];
    }

    private AgentRuntimeSelector(Func<string, IAgentRuntime> select) => _select = select;

    /// <summary>One runtime for all agents.</summary>
    public static AgentRuntimeSelector Always(IAgentRuntime runtime) => new(_ => runtime);

    public IAgentRuntime For(string agentType) => _select(agentType);
}
