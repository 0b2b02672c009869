using System.Text.Json.Serialization;

namespace Everturn.Streaming;

/// <summary>A message joined the run before its next model call; its text is in the transcript.</summary>
public sealed record RunSteeredChunk : StreamChunk
{
    /// <inheritdoc />
    [JsonPropertyOrder(-5)]
    public override string Type => ChunkType.RunSteered;

    /// <summary>The id under which the message was accepted.</summary>
    public required string RunId { get; init; }
}
