using System.Text.Json.Serialization;

namespace Everturn.Streaming;

/// <summary>The step's chunks from a number on are void and will come anew.</summary>
public sealed record StepDiscardedChunk : StreamChunk
{
    /// <inheritdoc />
    [JsonPropertyOrder(-5)]
    public override string Type => ChunkType.StepDiscarded;

    /// <summary>The first void number; only chunks of this step count.</summary>
    public long FromSequence { get; init; }
}
