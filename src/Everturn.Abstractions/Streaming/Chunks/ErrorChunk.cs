using System.Text.Json.Serialization;

namespace Everturn.Streaming;

/// <summary>Something went wrong.</summary>
public sealed record ErrorChunk : StreamChunk
{
    /// <inheritdoc />
    [JsonPropertyOrder(-5)]
    public override string Type => ChunkType.Error;

    /// <summary>What, for people.</summary>
    public required string Message { get; init; }

    /// <summary>Whether the run goes on.</summary>
    public bool Recoverable { get; init; }

    /// <summary>Why, for programs; see RunReason.</summary>
    public string? Code { get; init; }
}
