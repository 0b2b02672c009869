using System.Text.Json.Serialization;
using Everturn.Sessions.Storage;

namespace Everturn.Runtimes.Workflow;

/// <summary>The JSON of the workflow runtime's own journal.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(InstanceParameters))]
[JsonSerializable(typeof(StepPointer))]
internal sealed partial class RuntimeJson : JsonSerializerContext;
