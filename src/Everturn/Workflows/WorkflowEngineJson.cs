using System.Text.Json.Serialization;

namespace Everturn.Workflows;

/// <summary>What the engine itself writes into journals.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CallOutcome))]
[JsonSerializable(typeof(ChildNotice))]
[JsonSerializable(typeof(StreamInfo))]
[JsonSerializable(typeof(string))]
internal sealed partial class WorkflowEngineJson : JsonSerializerContext;
