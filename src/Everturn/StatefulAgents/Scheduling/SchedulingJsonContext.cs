using System.Text.Json.Serialization;

namespace Everturn.StatefulAgents.Scheduling;

/// <summary>What is stored with schedules and the queue.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(StoredRetry))]
internal sealed partial class SchedulingJsonContext : JsonSerializerContext;
