using System.Text.Json.Serialization;

namespace Everturn.Streaming;

/// <summary>The run gave way to a newer one.</summary>
public sealed record RunSupersededChunk : StreamChunk
{
    /// <inheritdoc />
    [JsonPropertyOrder(-5)]
    public override string Type => ChunkType.RunSuperseded;

    /// <summary>The newer run.</summary>
    public required string RunId { get; init; }
}
