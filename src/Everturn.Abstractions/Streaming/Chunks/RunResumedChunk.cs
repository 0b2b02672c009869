using System.Text.Json.Serialization;

namespace Everturn.Streaming;

/// <summary>A new run continues the session.</summary>
public sealed record RunResumedChunk : StreamChunk
{
    /// <inheritdoc />
    [JsonPropertyOrder(-5)]
    public override string Type => ChunkType.RunResumed;

    /// <summary>The new run.</summary>
    public required string RunId { get; init; }
}
