namespace Everturn.Streaming;

/// <summary>A piece of a call's arguments.</summary>
public sealed record ToolArgStreamDeltaChunk : StreamChunk
{
    /// <inheritdoc />
    public override string Type => ChunkType.ToolArgStreamDelta;

    /// <summary>The call.</summary>
    public required string ToolCallId { get; init; }

    /// <summary>JSON text.</summary>
    public required string Delta { get; init; }
}
