namespace Everturn.Agents;

/// <summary>An agent whose runs give a <typeparamref name="TOutput"/>; see <see cref="AgentDefinition.Create"/>.</summary>
/// <typeparam name="TOutput">The output; string for an agent that answers with text.</typeparam>
public sealed class AgentDefinition<TOutput> : AgentDefinition
{
    internal AgentDefinition() { }
}
