using System.Text.Json.Serialization;

namespace Everturn.Cli.Client;

/// <summary>JSON of what travels. Members that are not shown are passed over.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(ProblemBody))]
[JsonSerializable(typeof(SessionBody))]
[JsonSerializable(typeof(SessionsBody))]
[JsonSerializable(typeof(RunsBody))]
[JsonSerializable(typeof(InterruptBody))]
[JsonSerializable(typeof(WorkflowsBody))]
[JsonSerializable(typeof(InstancesBody))]
[JsonSerializable(typeof(InstanceBody))]
[JsonSerializable(typeof(CreateInstanceBody))]
[JsonSerializable(typeof(ChangeStatusBody))]
[JsonSerializable(typeof(InstanceEventBody))]
[JsonSerializable(typeof(StartBody))]
[JsonSerializable(typeof(EndBody))]
internal sealed partial class ClientJson : JsonSerializerContext;
