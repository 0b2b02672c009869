namespace Everturn.Storage;

/// <summary>
/// Turns plain bytes into stored bytes and back: compression, encryption. A codec that encrypts writes the id of the
/// key it used in front of its bytes, so that keys can be rotated while old records stay readable.
/// </summary>
public interface IPayloadCodec
{
    /// <summary>1 to 255, stored with every payload and never given another meaning; 0 is the built-in plain codec.</summary>
    int Id { get; }

    /// <summary>Encodes <paramref name="plain"/> for storage.</summary>
    /// <param name="plain">The plain bytes.</param>
    ReadOnlyMemory<byte> Encode(ReadOnlyMemory<byte> plain);

    /// <summary>Decodes stored bytes.</summary>
    /// <param name="stored">What <see cref="Encode"/> returned, with any key that is still known.</param>
    ReadOnlyMemory<byte> Decode(ReadOnlyMemory<byte> stored);
}
