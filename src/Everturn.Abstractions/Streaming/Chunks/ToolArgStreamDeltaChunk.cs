using System.Text.Json.Serialization;

namespace Everturn.Streaming;

/// <summary>A piece of a call's arguments.</summary>
public sealed record ToolArgStreamDeltaChunk : StreamChunk
{
    /// <inheritdoc />
    [JsonPropertyOrder(-5)]
    public override string Type => ChunkType.ToolArgStreamDelta;

    /// <summary>The call.</summary>
    public required string ToolCallId { get; init; }

    /// <summary>JSON text.</summary>
    public required string Delta { get; init; }
}
