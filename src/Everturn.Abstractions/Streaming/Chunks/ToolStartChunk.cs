using System.Text.Json;
using System.Text.Json.Serialization;

namespace Everturn.Streaming;

/// <summary>A tool starts.</summary>
public sealed record ToolStartChunk : StreamChunk
{
    /// <inheritdoc />
    [JsonPropertyOrder(-5)]
    public override string Type => ChunkType.ToolStart;

    /// <summary>The call.</summary>
    public required string ToolCallId { get; init; }

    /// <summary>The tool.</summary>
    public required string ToolName { get; init; }

    /// <summary>The arguments; absent for a sensitive tool.</summary>
    public JsonElement? Arguments { get; init; }
}
