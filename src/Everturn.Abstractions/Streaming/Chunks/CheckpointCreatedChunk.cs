namespace Everturn.Streaming;

/// <summary>A checkpoint was taken.</summary>
public sealed record CheckpointCreatedChunk : StreamChunk
{
    /// <inheritdoc />
    public override string Type => ChunkType.CheckpointCreated;

    /// <summary>The checkpoint.</summary>
    public required string CheckpointId { get; init; }
}
