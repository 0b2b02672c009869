namespace Everturn.Agents;

/// <summary>Makes the definition for one run. It is called once for each execution, and again when another host takes over.</summary>
/// <param name="context">Whose run it is.</param>
/// <returns>A definition whose name is the one that the factory is registered under.</returns>
public delegate AgentDefinition AgentFactory(AgentFactoryContext context);
