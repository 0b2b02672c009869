using System.Text.Json;
using System.Text.Json.Serialization;

namespace Everturn.Streaming;

/// <summary>An event of the application's own.</summary>
public sealed record CustomChunk : StreamChunk
{
    /// <inheritdoc />
    [JsonPropertyOrder(-5)]
    public override string Type => ChunkType.Custom;

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its content.</summary>
    public JsonElement? Data { get; init; }
}
