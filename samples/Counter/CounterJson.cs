using System.Text.Json;
using System.Text.Json.Serialization;

namespace Counter;

/// <summary>The state as JSON.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(CounterState))]
internal sealed partial class CounterJson : JsonSerializerContext;
