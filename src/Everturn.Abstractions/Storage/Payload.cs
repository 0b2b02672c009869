namespace Everturn.Storage;

/// <summary>
/// Content as it is stored, everywhere: messages, chunks, state, journal records, blobs. The codec says how to turn
/// <see cref="Data"/> into plain bytes, the format version how to read those.
/// </summary>
/// <param name="Codec">Id of the <see cref="IPayloadCodec"/>, 0 to 255. 0 is plain UTF-8 JSON.</param>
/// <param name="Version">Version of the record's format, 0 to 255; each kind of record counts its own.</param>
/// <param name="Data">The encoded bytes.</param>
public readonly record struct Payload(int Codec, int Version, ReadOnlyMemory<byte> Data)
{
    /// <summary>Codec and version in one number, as stores keep it: <c>codec * 256 + version</c>.</summary>
    public int Format => (Codec << 8) | Version;

    /// <summary>Puts a payload together from the two columns that stores keep.</summary>
    /// <param name="format">Codec and version, see <see cref="Format"/>.</param>
    /// <param name="data">The encoded bytes.</param>
    public static Payload FromFormat(int format, ReadOnlyMemory<byte> data) => new(format >> 8, format & 0xff, data);
}
