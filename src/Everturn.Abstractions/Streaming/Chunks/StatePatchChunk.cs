using System.Text.Json.Serialization;

namespace Everturn.Streaming;

/// <summary>Custom state changed.</summary>
public sealed record StatePatchChunk : StreamChunk
{
    /// <inheritdoc />
    [JsonPropertyOrder(-5)]
    public override string Type => ChunkType.StatePatch;

    /// <summary>RFC 6902 operations.</summary>
    public required IReadOnlyList<JsonPatchOperation> Patches { get; init; }
}
