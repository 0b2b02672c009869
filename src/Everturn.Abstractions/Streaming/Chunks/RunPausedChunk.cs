using System.Text.Json.Serialization;

namespace Everturn.Streaming;

/// <summary>The run ended at a human or child boundary.</summary>
public sealed record RunPausedChunk : StreamChunk
{
    /// <inheritdoc />
    [JsonPropertyOrder(-5)]
    public override string Type => ChunkType.RunPaused;

    /// <summary>Why.</summary>
    public string? Reason { get; init; }
}
