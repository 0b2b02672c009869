using System.Text.Json.Serialization;

namespace Everturn.Streaming;

/// <summary>The chunks of the step so far are final.</summary>
public sealed record StepCommittedChunk : StreamChunk
{
    /// <inheritdoc />
    [JsonPropertyOrder(-5)]
    public override string Type => ChunkType.StepCommitted;
}
