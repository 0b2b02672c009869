using System.Text.Json.Serialization;

namespace Assistant.Notes;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Notebook))]
internal sealed partial class NotebookJson : JsonSerializerContext;
