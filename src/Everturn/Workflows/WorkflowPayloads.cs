using Everturn.Storage;

namespace Everturn.Workflows;

/// <summary>
/// Parameters, results, events and step values as payloads: bare JSON, empty for nothing. Stores encode and decode them
/// further, so that what comes back is always codec 0.
/// </summary>
internal static class WorkflowPayloads
{
    private const int Version = 1;

    public static Payload Encode(ReadOnlyMemory<byte> json) => new(0, Version, json);

    public static ReadOnlyMemory<byte> Decode(Payload stored) =>
        stored is { Codec: 0, Version: <= Version }
            ? stored.Data
            : throw new StoreVersionException(stored.Version, Version);
}
