using System.Text.Json;
using System.Text.Json.Serialization;

namespace Everturn.Docs.Snippets;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(RoomState))]
public sealed partial class RoomJson : JsonSerializerContext;
