namespace Everturn.Streaming;

/// <summary>The run gave way to a newer one.</summary>
public sealed record RunSupersededChunk : StreamChunk
{
    /// <inheritdoc />
    public override string Type => ChunkType.RunSuperseded;

    /// <summary>The newer run.</summary>
    public required string RunId { get; init; }
}
