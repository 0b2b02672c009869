using System.Text.Json;
using System.Text.Json.Serialization;

namespace Everturn.Streaming;

/// <summary>A sub-agent ended; the call's tool_end follows.</summary>
public sealed record SubAgentEndChunk : StreamChunk
{
    /// <inheritdoc />
    [JsonPropertyOrder(-5)]
    public override string Type => ChunkType.SubAgentEnd;

    /// <summary>The parent's call.</summary>
    public required string ToolCallId { get; init; }

    /// <summary>The child's session.</summary>
    public required string SubSessionId { get; init; }

    /// <summary>The child's agent.</summary>
    public required string SubAgentType { get; init; }

    /// <summary>The child's output.</summary>
    public JsonElement? Result { get; init; }

    /// <summary>Whether it completed.</summary>
    public bool Success { get; init; }
}
