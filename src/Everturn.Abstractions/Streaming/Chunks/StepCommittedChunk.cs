namespace Everturn.Streaming;

/// <summary>The chunks of the step so far are final.</summary>
public sealed record StepCommittedChunk : StreamChunk
{
    /// <inheritdoc />
    public override string Type => ChunkType.StepCommitted;
}
