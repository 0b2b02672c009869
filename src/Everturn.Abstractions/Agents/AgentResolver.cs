namespace Everturn.Agents;

/// <summary>Finds agents by name; <see cref="IAgentResolver"/> as a method.</summary>
/// <param name="agentType">The agent's name.</param>
/// <param name="context">The run it is for.</param>
/// <exception cref="AgentNotFoundException">There is no such agent.</exception>
public delegate AgentDefinition AgentResolver(string agentType, AgentFactoryContext context);
