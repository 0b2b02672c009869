namespace Everturn.Streaming;

/// <summary>The arguments of a call are complete.</summary>
public sealed record ToolArgStreamEndChunk : StreamChunk
{
    /// <inheritdoc />
    public override string Type => ChunkType.ToolArgStreamEnd;

    /// <summary>The call.</summary>
    public required string ToolCallId { get; init; }
}
