using System.Buffers;
using System.Buffers.Binary;
using Everturn.Sqlite.Engine;

namespace Everturn.Sqlite.Sessions;

/// <summary>
/// LZ77 for the chunks of a row, which repeat each other, after a text that every row begins with in thought. The length of
/// all, then in turns bytes as they are and a copy of earlier ones (its length less <see cref="ShortestCopy"/>, its distance
/// less 1), until the length is reached; all numbers as <see cref="CompactWriter"/> writes them.
/// </summary>
internal static class ChunkCompression
{
    private const int ShortestCopy = 6;
    private const int HashBits = 10;

    /// <summary>A part of the format: rows that were written with it need it as it is.</summary>
    private static ReadOnlySpan<byte> Preset =>
        """{"type":"custom","name":"error","message":"","code":"","recoverable":false}"""u8
        + "\n"u8
        + """{"type":"thinking","content":"","isComplete":false}"""u8
        + "\n"u8
        + """{"type":"state_patch","patches":[{"op":"replace","path":"/","value":"""u8
        + "\n"u8
        + """{"type":"tool_start","toolCallId":"call_","toolName":"","arguments":{"""u8
        + "\n"u8
        + """{"type":"tool_end","success":true,"result":{"""u8
        + "\n"u8
        + """{"type":"step_committed","agentId":"""u8
        + "\n"u8
        + """{"type":"checkpoint_created","agentId":"","step":1,"checkpointId":"cpv1-"""u8
        + "\n"u8
        + """{"type":"output","agentId":"","step":1,"output":"""u8
        + "\n"u8
        + """{"type":"text_delta","agentId":"","agentType":"","timestamp":17,"step":1,"delta":"""u8;

    private static readonly int[] PresetPlaces = Places();

    /// <summary>Compresses a text; of one that does not repeat itself comes more than it was.</summary>
    public static ReadOnlyMemory<byte> Compress(ReadOnlySpan<byte> text)
    {
        var writer = new CompactWriter();
        writer.Number((ulong)text.Length);
        var rented = ArrayPool<byte>.Shared.Rent(Preset.Length + text.Length);
        var window = rented.AsSpan(0, Preset.Length + text.Length);
        Preset.CopyTo(window);
        text.CopyTo(window[Preset.Length..]);
        Span<int> places = stackalloc int[1 << HashBits];
        PresetPlaces.CopyTo(places);
        var written = Preset.Length;
        for (var at = written; at + sizeof(ulong) <= window.Length; )
        {
            ref var place = ref places[Hash(window[at..])];
            var earlier = place;
            place = at;
            var length = window[at..].CommonPrefixLength(window[earlier..]);
            if (length < ShortestCopy)
            {
                at++;
                continue;
            }

            writer.Bytes(window[written..at]);
            writer.Number((ulong)(length - ShortestCopy));
            writer.Number((ulong)(at - earlier - 1));
            at += length;
            written = at;
        }

        writer.Bytes(window[written..]);
        ArrayPool<byte>.Shared.Return(rented);
        return writer.Written;
    }

    /// <exception cref="StoreUnavailableException">The content is damaged.</exception>
    public static ReadOnlyMemory<byte> Decompress(ReadOnlySpan<byte> compressed)
    {
        var reader = new CompactReader(compressed);
        var window = new byte[Preset.Length + reader.NumberUpTo(Array.MaxLength - Preset.Length)];
        Preset.CopyTo(window);
        for (var at = Preset.Length; ; )
        {
            var bytes = reader.Bytes();
            if (bytes.Length > window.Length - at)
                throw CompactReader.Damaged();
            bytes.CopyTo(window.AsSpan(at));
            at += bytes.Length;
            if (at == window.Length)
                return reader.IsAtEnd ? window.AsMemory(Preset.Length) : throw CompactReader.Damaged();
            var length = reader.NumberUpTo(window.Length - at) + ShortestCopy;
            var distance = reader.NumberUpTo(at - 1) + 1;
            if (length > window.Length - at)
                throw CompactReader.Damaged();
            Copy(window.AsSpan(at - distance), distance, length);
            at += length;
        }
    }

    // A copy may reach into what it writes: then it repeats, and doubles with each round.
    private static void Copy(Span<byte> from, int distance, int length)
    {
        for (var copied = 0; copied < length; )
        {
            var count = Math.Min(length - copied, distance + copied);
            from[..count].CopyTo(from[(distance + copied)..]);
            copied += count;
        }
    }

    private static int[] Places()
    {
        var places = new int[1 << HashBits];
        for (var at = 0; at + sizeof(ulong) <= Preset.Length; at++)
            places[Hash(Preset[at..])] = at;
        return places;
    }

    private static int Hash(ReadOnlySpan<byte> bytes) =>
        (int)(((BinaryPrimitives.ReadUInt64LittleEndian(bytes) << 16) * 0x9E3779B97F4A7C15) >> (64 - HashBits));
}
