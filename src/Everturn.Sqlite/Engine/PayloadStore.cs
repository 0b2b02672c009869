using System.Buffers.Binary;
using Everturn.Storage;

namespace Everturn.Sqlite.Engine;

/// <summary>
/// Content as one BLOB column: place (0 inline, 1 blob), codec id, format version, then the encoded bytes or, for a blob,
/// their length (8 bytes, big-endian) and SHA-256.
/// </summary>
/// <param name="codecs">Encode and decode.</param>
/// <param name="blobs">Keeps what is too large for a row; null where nothing is.</param>
/// <param name="inlineLimit">Encoded bytes that still go into the row.</param>
internal sealed class PayloadStore(PayloadCodecs codecs, BlobDirectory? blobs, int inlineLimit)
{
    private const int HeaderBytes = 3;
    private const byte Inline = 0;
    private const byte Blob = 1;

    /// <summary>
    /// What to put into the row. Large content is written to disk and synced before this returns, so call it before the
    /// commit, never inside.
    /// </summary>
    /// <param name="plain">The plain bytes.</param>
    /// <param name="version">Version of the record's format, 0 to 255.</param>
    public byte[] Store(ReadOnlyMemory<byte> plain, int version)
    {
        var payload = codecs.Encode(plain, version);
        if (payload.Data.Length <= inlineLimit || blobs is null)
            return InlineColumn(payload);
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(length, payload.Data.Length);
        return [Blob, (byte)payload.Codec, checked((byte)version), .. length, .. blobs.Put(payload.Data.Span)];
    }

    // On the path of every commit: one array, one copy. A collection expression allocated four times as much here.
    private static byte[] InlineColumn(Payload payload)
    {
        var column = new byte[HeaderBytes + payload.Data.Length];
        column[0] = Inline;
        column[1] = (byte)payload.Codec;
        column[2] = checked((byte)payload.Version);
        payload.Data.Span.CopyTo(column.AsSpan(HeaderBytes));
        return column;
    }

    /// <summary>As <see cref="Store"/>, but the sync of large content does not hold up the caller's thread.</summary>
    public ValueTask<byte[]> StoreAsync(ReadOnlyMemory<byte> plain, int version) =>
        plain.Length <= inlineLimit
            ? new ValueTask<byte[]>(Store(plain, version))
            : new ValueTask<byte[]>(Task.Run(() => Store(plain, version)));

    /// <summary>The plain bytes of a column, and the version of their format.</summary>
    /// <param name="stored">What <see cref="Store"/> returned.</param>
    /// <exception cref="StoreUnavailableException">The blob or the codec is missing, or the column is damaged.</exception>
    public StoredContent Load(ReadOnlyMemory<byte> stored)
    {
        if (stored.Length < HeaderBytes || stored.Span[0] > Blob)
            throw CompactReader.Damaged();
        var header = stored.Span;
        var data = BlobHash(stored) is { } hash
            ? (blobs ?? throw CompactReader.Damaged()).Get(hash.Span)
            : stored[HeaderBytes..];
        return new StoredContent(header[2], codecs.Decode(new Payload(header[1], header[2], data)));
    }

    /// <summary>The blob that a column names, or null for inline content: what a sweeper must keep or delete.</summary>
    public static ReadOnlyMemory<byte>? BlobHash(ReadOnlyMemory<byte> stored)
    {
        if (stored.Length != HeaderBytes + sizeof(long) + BlobDirectory.HashBytes || stored.Span[0] != Blob)
            return null;
        return stored[^BlobDirectory.HashBytes..];
    }
}
