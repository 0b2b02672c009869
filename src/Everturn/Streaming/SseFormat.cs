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
    private static ReadOnlySpan<byte> DataName => "\ndata: "u8;
    private static ReadOnlySpan<byte> Sequence => "{\"sequence\":"u8;
    private static ReadOnlySpan<byte> Chunk => ",\"chunk\":"u8;
    private static ReadOnlySpan<byte> Close => "}"u8;
    private static ReadOnlySpan<byte> LineBreaks => "\n\n"u8;

    /// <summary>No event is longer than its JSON and this.</summary>
    public static int Overhead =>
        Id.Length
        + DataName.Length
        + Sequence.Length
        + Chunk.Length
        + Close.Length
        + LineBreaks.Length
        + (2 * LongestNumber);

    /// <summary>The part of an event that is its data: <c>{"sequence":N,"chunk":{…}}</c>.</summary>
    /// <param name="sequence">The chunk's number.</param>
    /// <param name="item">One event, as <see cref="Write"/> made it.</param>
    public static ReadOnlyMemory<byte> DataOf(long sequence, ReadOnlyMemory<byte> item)
    {
        var start = Id.Length + Digits(sequence) + DataName.Length;
        return item[start..^LineBreaks.Length];
    }

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
        Append(DataName, ref rest);
        Append(Sequence, ref rest);
        Append(number, ref rest);
        Append(Chunk, ref rest);
        Append(json, ref rest);
        Append(Close, ref rest);
        Append(LineBreaks, ref rest);
        return target.Length - rest.Length;
    }

    private static int Digits(long number)
    {
        var count = 1;
        while ((number /= 10) > 0)
        {
            count++;
        }
        return count;
    }

    private static void Append(scoped ReadOnlySpan<byte> bytes, ref Span<byte> rest)
    {
        bytes.CopyTo(rest);
        rest = rest[bytes.Length..];
    }
}
