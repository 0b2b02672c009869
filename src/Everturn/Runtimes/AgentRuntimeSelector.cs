using Everturn.Agents;

namespace Everturn.Runtimes;

/// <summary>Gives the runtime that is to carry an agent's next run.</summary>
/// <param name="runtimes">All there are.</param>
/// <param name="hosting">Which agent goes where.</param>
internal sealed class AgentRuntimeSelector(IEnumerable<IAgentRuntime> runtimes, AgentHosting hosting)
{
    private readonly Dictionary<string, IAgentRuntime> _byName = runtimes.ToDictionary(runtime => runtime.Name);

    public IAgentRuntime For(string agentType) => _byName[hosting.RuntimeOf(agentType)];
}
