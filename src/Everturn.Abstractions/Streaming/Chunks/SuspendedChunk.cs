using System.Text.Json.Serialization;

namespace Everturn.Streaming;

/// <summary>The run is suspended, with what it waits for.</summary>
public sealed record SuspendedChunk : StreamChunk
{
    /// <inheritdoc />
    [JsonPropertyOrder(-5)]
    public override string Type => ChunkType.Suspended;

    /// <summary>The run's status.</summary>
    public required string Kind { get; init; }

    /// <summary>Unanswered calls.</summary>
    public IReadOnlyList<string> ToolCallIds { get; init; } = [];

    /// <summary>Unfinished children.</summary>
    public IReadOnlyList<string> ChildSessionIds { get; init; } = [];
}
