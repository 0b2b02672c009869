using System.Text.Json.Serialization;

namespace Everturn.Streaming;

/// <summary>The arguments of a call are complete.</summary>
public sealed record ToolArgStreamEndChunk : StreamChunk
{
    /// <inheritdoc />
    [JsonPropertyOrder(-5)]
    public override string Type => ChunkType.ToolArgStreamEnd;

    /// <summary>The call.</summary>
    public required string ToolCallId { get; init; }
}
