using System.Buffers.Text;

namespace Everturn.Streaming;

/// <summary>
/// A chunk as a server-sent event (WHATWG HTML, section 9.2): <c>id: N</c> and
/// <c>data: {"sequence":N,"chunk":{…}}</c>. The chunk's JSON has no line breaks and goes in as it is.
/// </summary>
internal static class SseFormat
{
    private const int LongestNumber = 19;

    private static ReadOnlySpan<byte> Id => "id: "u8;
    private static ReadOnlySpan<byte> Data => "\ndata: {\"sequence\":"u8;
    private static ReadOnlySpan<byte> Chunk => ",\"chunk\":"u8;
    private static ReadOnlySpan<byte> Close => "}\n\n"u8;

    /// <summary>No event is longer than its JSON and this.</summary>
    public static int Overhead => Id.Length + Data.Length + Chunk.Length + Close.Length + (2 * LongestNumber);

    /// <summary>Writes one event.</summary>
    /// <param name="sequence">The chunk's number.</param>
    /// <param name="json">The chunk.</param>
    /// <param name="target">At least <see cref="Overhead"/> longer than the chunk.</param>
    /// <returns>How many bytes were written.</returns>
    public static int Write(long sequence, ReadOnlySpan<byte> json, Span<byte> target)
    {
        Span<byte> digits = stackalloc byte[LongestNumber];
        Utf8Formatter.TryFormat(sequence, digits, out var count);
        var number = digits[..count];
        var rest = target;
        Append(Id, ref rest);
        Append(number, ref rest);
        Append(Data, ref rest);
        Append(number, ref rest);
        Append(Chunk, ref rest);
        Append(json, ref rest);
        Append(Close, ref rest);
        return target.Length - rest.Length;
    }

    private static void Append(scoped ReadOnlySpan<byte> bytes, ref Span<byte> rest)
    {
        bytes.CopyTo(rest);
        rest = rest[bytes.Length..];
    }
}
