using System.Text.Json.Serialization;

namespace Everturn.Streaming;

/// <summary>The model's reasoning.</summary>
public sealed record ThinkingChunk : StreamChunk
{
    /// <inheritdoc />
    [JsonPropertyOrder(-5)]
    public override string Type => ChunkType.Thinking;

    /// <summary>The text: a piece while it streams, the whole once complete.</summary>
    public required string Content { get; init; }

    /// <summary>False for a piece, true for the whole block.</summary>
    public bool IsComplete { get; init; }
}
