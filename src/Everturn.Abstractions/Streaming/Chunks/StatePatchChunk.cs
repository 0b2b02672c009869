namespace Everturn.Streaming;

/// <summary>Custom state changed.</summary>
public sealed record StatePatchChunk : StreamChunk
{
    /// <inheritdoc />
    public override string Type => ChunkType.StatePatch;

    /// <summary>RFC 6902 operations.</summary>
    public required IReadOnlyList<JsonPatchOperation> Patches { get; init; }
}
