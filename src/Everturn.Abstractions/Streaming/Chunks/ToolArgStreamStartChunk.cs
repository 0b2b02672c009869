using System.Text.Json.Serialization;

namespace Everturn.Streaming;

/// <summary>The model begins to write the arguments of a call.</summary>
public sealed record ToolArgStreamStartChunk : StreamChunk
{
    /// <inheritdoc />
    [JsonPropertyOrder(-5)]
    public override string Type => ChunkType.ToolArgStreamStart;

    /// <summary>The call.</summary>
    public required string ToolCallId { get; init; }

    /// <summary>The tool.</summary>
    public required string ToolName { get; init; }
}
