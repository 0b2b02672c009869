using System.Text.Json.Serialization;

namespace Everturn.Streaming;

/// <summary>A sub-agent starts.</summary>
public sealed record SubAgentStartChunk : StreamChunk
{
    /// <inheritdoc />
    [JsonPropertyOrder(-5)]
    public override string Type => ChunkType.SubAgentStart;

    /// <summary>The parent's call.</summary>
    public required string ToolCallId { get; init; }

    /// <summary>The child's session.</summary>
    public required string SubSessionId { get; init; }

    /// <summary>The child's agent.</summary>
    public required string SubAgentType { get; init; }
}
