using System.Text.Json;
using System.Text.Json.Serialization;

namespace Everturn.Streaming;

/// <summary>A chunk of a type that this version does not know, kept as it came.</summary>
/// <param name="Raw">The whole chunk.</param>
public sealed record UnknownChunk([property: JsonIgnore] JsonElement Raw) : StreamChunk
{
    /// <inheritdoc />
    public override string Type =>
        Raw.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString()! : "";
}
