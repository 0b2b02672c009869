using System.Text.Json.Serialization;

namespace Everturn.Streaming;

/// <summary>A piece of the model's answer.</summary>
public sealed record TextDeltaChunk : StreamChunk
{
    /// <inheritdoc />
    [JsonPropertyOrder(-5)]
    public override string Type => ChunkType.TextDelta;

    /// <summary>The text.</summary>
    public required string Delta { get; init; }
}
