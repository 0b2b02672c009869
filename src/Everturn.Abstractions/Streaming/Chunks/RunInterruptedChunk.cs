using System.Text.Json.Serialization;

namespace Everturn.Streaming;

/// <summary>The run was stopped softly and can be resumed.</summary>
public sealed record RunInterruptedChunk : StreamChunk
{
    /// <inheritdoc />
    [JsonPropertyOrder(-5)]
    public override string Type => ChunkType.RunInterrupted;

    /// <summary>Why.</summary>
    public string? Reason { get; init; }
}
