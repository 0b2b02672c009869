using System.Text.Json;
using System.Text.Json.Serialization;

namespace Everturn.Streaming;

/// <summary>A tool call has its result.</summary>
public sealed record ToolEndChunk : StreamChunk
{
    /// <inheritdoc />
    [JsonPropertyOrder(-5)]
    public override string Type => ChunkType.ToolEnd;

    /// <summary>The call.</summary>
    public required string ToolCallId { get; init; }

    /// <summary>The tool.</summary>
    public required string ToolName { get; init; }

    /// <summary>The result; absent for a sensitive tool or a failure.</summary>
    public JsonElement? Result { get; init; }

    /// <summary>Whether it succeeded.</summary>
    public bool Success { get; init; }

    /// <summary>What went wrong.</summary>
    public string? Error { get; init; }
}
