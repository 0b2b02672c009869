using Everturn.Storage;

namespace Everturn.Sqlite.Engine;

/// <summary>The codecs that stored content may use. The last one registered encodes; all decode.</summary>
internal sealed class PayloadCodecs
{
    private readonly IPayloadCodec?[] _byId = new IPayloadCodec?[256];
    private readonly IPayloadCodec _current = new PlainCodec();

    /// <exception cref="InvalidInputException">An id is out of range or used twice.</exception>
    public PayloadCodecs(IEnumerable<IPayloadCodec> codecs)
    {
        _byId[0] = _current;
        foreach (var codec in codecs)
        {
            if (codec.Id is < 1 or > 255)
                throw new InvalidInputException("codecs", $"id {codec.Id} is not between 1 and 255.");
            if (_byId[codec.Id] is not null)
                throw new InvalidInputException("codecs", $"id {codec.Id} is used twice.");
            _byId[codec.Id] = codec;
            _current = codec;
        }
    }

    public Payload Encode(ReadOnlyMemory<byte> plain, int version) => new(_current.Id, version, _current.Encode(plain));

    /// <exception cref="StoreUnavailableException">The codec is not registered.</exception>
    public ReadOnlyMemory<byte> Decode(Payload payload)
    {
        if (_byId[payload.Codec] is not { } codec)
            throw new StoreUnavailableException($"Stored content needs codec {payload.Codec}. Register it.");
        return codec.Decode(payload.Data);
    }
}
