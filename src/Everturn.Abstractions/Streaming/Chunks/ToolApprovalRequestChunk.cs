using System.Text.Json;
using System.Text.Json.Serialization;

namespace Everturn.Streaming;

/// <summary>A call waits for a person's decision.</summary>
public sealed record ToolApprovalRequestChunk : StreamChunk
{
    /// <inheritdoc />
    [JsonPropertyOrder(-5)]
    public override string Type => ChunkType.ToolApprovalRequest;

    /// <summary>The call.</summary>
    public required string ToolCallId { get; init; }

    /// <summary>The tool.</summary>
    public required string ToolName { get; init; }

    /// <summary>What the decision names.</summary>
    public required string ApprovalId { get; init; }

    /// <summary>The arguments.</summary>
    public JsonElement? Input { get; init; }
}
