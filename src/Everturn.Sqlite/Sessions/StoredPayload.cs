using Everturn.Sqlite.Engine;

namespace Everturn.Sqlite.Sessions;

/// <summary>Content ready for its column.</summary>
/// <param name="Column">What goes into the column; null for no content.</param>
/// <param name="Plain">The plain bytes.</param>
/// <param name="Version">Version of their format.</param>
internal readonly record struct StoredPayload(byte[]? Column, ReadOnlyMemory<byte> Plain, int Version)
{
    public bool IsEmpty => Column is null;

    public int Length => Column?.Length ?? 0;

    /// <summary>The blob it names, or null.</summary>
    public ReadOnlyMemory<byte>? Blob => Column is null ? null : PayloadStore.BlobHash(Column);
}
