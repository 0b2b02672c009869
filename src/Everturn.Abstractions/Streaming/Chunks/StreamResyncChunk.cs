using System.Text.Json.Serialization;

namespace Everturn.Streaming;

/// <summary>The reader's position is not part of the log any more: load the snapshot and go on after its number.</summary>
public sealed record StreamResyncChunk : StreamChunk
{
    /// <inheritdoc />
    [JsonPropertyOrder(-5)]
    public override string Type => ChunkType.StreamResync;

    /// <summary>The number to go on after.</summary>
    public long SnapshotSequence { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }
}
