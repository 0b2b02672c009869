namespace Everturn.Agents;

/// <summary>Finds agents by name. <c>AgentRegistry</c> is one; another may make agents as it likes.</summary>
public interface IAgentResolver
{
    /// <summary>The agent of that name, for one run.</summary>
    /// <param name="agentType">The name.</param>
    /// <param name="context">The run it is for.</param>
    /// <exception cref="AgentNotFoundException">There is none.</exception>
    AgentDefinition Resolve(string agentType, AgentFactoryContext context);

    /// <summary>Whether there is an agent of that name.</summary>
    /// <param name="agentType">The name.</param>
    bool Has(string agentType);
}
