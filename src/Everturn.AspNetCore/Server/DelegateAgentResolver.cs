using Everturn.Agents;

namespace Everturn.AspNetCore.Server;

/// <summary>A method as a resolver of the names that it knows.</summary>
/// <param name="resolver">The method.</param>
/// <param name="agentTypes">The names.</param>
internal sealed class DelegateAgentResolver(AgentResolver resolver, string[] agentTypes) : IAgentResolver
{
    public AgentDefinition Resolve(string agentType, AgentFactoryContext context) =>
        Has(agentType) ? resolver(agentType, context) : throw new AgentNotFoundException(agentType, agentTypes);

    public bool Has(string agentType) => Array.IndexOf(agentTypes, agentType) >= 0;
}
