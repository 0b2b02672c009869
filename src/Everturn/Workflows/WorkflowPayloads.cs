using Everturn.Storage;

namespace Everturn.Workflows;

/// <summary>Plain JSON bytes to stored payloads and back. Writes with the codec that was registered last.</summary>
internal sealed class WorkflowPayloads(IEnumerable<IPayloadCodec> codecs)
{
    /// <summary>The format version of parameters, results, events and step values: bare JSON, empty for nothing.</summary>
    private const int Version = 1;

    private readonly IPayloadCodec[] _codecs = [.. codecs];

    public Payload Encode(ReadOnlyMemory<byte> plain) =>
        _codecs is [.., var codec] && !plain.IsEmpty
            ? new(codec.Id, Version, codec.Encode(plain))
            : new(0, Version, plain);

    public ReadOnlyMemory<byte> Decode(Payload stored)
    {
        if (stored.Codec == 0)
        {
            return stored.Data;
        }

        var codec =
            Array.Find(_codecs, codec => codec.Id == stored.Codec)
            ?? throw new InvalidOperationException(
                $"A payload was written with codec {stored.Codec}, which is not registered."
            );
        return codec.Decode(stored.Data);
    }
}
