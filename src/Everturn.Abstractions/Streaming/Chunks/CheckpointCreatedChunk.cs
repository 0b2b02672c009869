using System.Text.Json.Serialization;

namespace Everturn.Streaming;

/// <summary>A checkpoint was taken.</summary>
public sealed record CheckpointCreatedChunk : StreamChunk
{
    /// <inheritdoc />
    [JsonPropertyOrder(-5)]
    public override string Type => ChunkType.CheckpointCreated;

    /// <summary>The checkpoint.</summary>
    public required string CheckpointId { get; init; }
}
