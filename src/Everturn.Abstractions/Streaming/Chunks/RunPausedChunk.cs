namespace Everturn.Streaming;

/// <summary>The run ended at a human or child boundary.</summary>
public sealed record RunPausedChunk : StreamChunk
{
    /// <inheritdoc />
    public override string Type => ChunkType.RunPaused;

    /// <summary>Why.</summary>
    public string? Reason { get; init; }
}
