using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Everturn.Agents;

/// <summary>The shape of a structured output. The model gives it as the arguments of the tool <c>__finish__</c>.</summary>
/// <param name="Type">How it travels as JSON.</param>
/// <param name="Schema">The JSON schema that the model is told.</param>
public sealed record OutputContract(JsonTypeInfo Type, JsonElement Schema)
{
    /// <summary>Name of the injected tool (Helix Agents, finishing agents).</summary>
    public const string FinishToolName = "__finish__";
}
