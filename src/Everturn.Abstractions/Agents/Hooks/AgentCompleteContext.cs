using System.Text.Json;

namespace Everturn.Agents;

/// <summary>A run completed.</summary>
/// <param name="Scope">Where it comes from; its state is the final one.</param>
/// <param name="Output">The output: a JSON string for an agent that answers with text.</param>
/// <param name="Duration">From the run's acceptance to its end.</param>
public sealed record AgentCompleteContext(HookScope Scope, JsonElement Output, TimeSpan Duration) : HookContext(Scope);
