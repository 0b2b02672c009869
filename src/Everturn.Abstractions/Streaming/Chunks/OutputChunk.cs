using System.Text.Json;
using System.Text.Json.Serialization;

namespace Everturn.Streaming;

/// <summary>The run's final output.</summary>
public sealed record OutputChunk : StreamChunk
{
    /// <inheritdoc />
    [JsonPropertyOrder(-5)]
    public override string Type => ChunkType.Output;

    /// <summary>The output: a JSON string for text agents.</summary>
    public JsonElement? Output { get; init; }
}
