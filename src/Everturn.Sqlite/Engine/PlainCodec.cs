using Everturn.Storage;

namespace Everturn.Sqlite.Engine;

/// <summary>Codec 0: the bytes as they are.</summary>
internal sealed class PlainCodec : IPayloadCodec
{
    public int Id => 0;

    public ReadOnlyMemory<byte> Encode(ReadOnlyMemory<byte> plain) => plain;

    public ReadOnlyMemory<byte> Decode(ReadOnlyMemory<byte> stored) => stored;
}
