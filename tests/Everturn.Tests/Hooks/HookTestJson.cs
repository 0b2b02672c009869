using System.Text.Json.Serialization;

namespace Everturn.Tests.Hooks;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Tally))]
internal sealed partial class HookTestJson : JsonSerializerContext;
