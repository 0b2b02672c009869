using System.Text.Json;
using System.Text.Json.Serialization;
using Everturn.Conformance.Host.Agents;

namespace Everturn.Conformance.Host;

/// <summary>JSON of the fixtures.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(SharedState))]
[JsonSerializable(typeof(ValueState))]
[JsonSerializable(typeof(StateAnswer))]
[JsonSerializable(typeof(StateUpdates))]
[JsonSerializable(typeof(EchoAnswer))]
[JsonSerializable(typeof(CountAnswer))]
[JsonSerializable(typeof(List<JsonElement>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class ConformanceJson : JsonSerializerContext;
