namespace Everturn.Streaming;

/// <summary>A new run continues the session.</summary>
public sealed record RunResumedChunk : StreamChunk
{
    /// <inheritdoc />
    public override string Type => ChunkType.RunResumed;

    /// <summary>The new run.</summary>
    public required string RunId { get; init; }
}
