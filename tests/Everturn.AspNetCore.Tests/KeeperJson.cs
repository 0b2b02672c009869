using System.Text.Json.Serialization;

namespace Everturn.AspNetCore.Tests;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Keeper))]
internal sealed partial class KeeperJson : JsonSerializerContext;
