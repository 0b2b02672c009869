using Everturn.Sqlite.Engine;

namespace Everturn.Sqlite.Sessions;

/// <summary>
/// Lines of which each is stored as what it does not share with the one before: how many bytes its front and its end have
/// in common with it, and what is between. The chunks of one flush differ in little more than their text.
/// </summary>
internal static class FoldedLines
{
    private const byte EndOfLine = (byte)'\n';

    /// <param name="lines">At least one; no line contains a line feed.</param>
    /// <param name="length">Bytes of all lines with the line feeds between them.</param>
    public static ReadOnlyMemory<byte> Fold(ReadOnlySpan<ReadOnlyMemory<byte>> lines, int length)
    {
        var writer = new CompactWriter();
        writer.Number((ulong)length);
        ReadOnlySpan<byte> before = [];
        foreach (var memory in lines)
        {
            var line = memory.Span;
            var front = line.CommonPrefixLength(before);
            var end = CommonEnd(line[front..], before[front..]);
            writer.Number((ulong)front);
            writer.Number((ulong)end);
            writer.Bytes(line[front..^end]);
            before = line;
        }

        return writer.Written;
    }

    /// <summary>The lines, with line feeds between them.</summary>
    /// <exception cref="StoreUnavailableException">The content is damaged.</exception>
    public static byte[] Unfold(ReadOnlySpan<byte> folded)
    {
        var reader = new CompactReader(folded);
        var lines = new byte[reader.NumberUpTo(Array.MaxLength)];
        var start = 0;
        var length = 0;
        var isFirst = true;
        for (var rest = lines.AsSpan(); !reader.IsAtEnd; isFirst = false)
        {
            var before = lines.AsSpan(start, length);
            var front = reader.NumberUpTo(length);
            var end = reader.NumberUpTo(length - front);
            var middle = reader.Bytes();
            var feed = isFirst ? 0 : 1;
            start = lines.Length - rest.Length + feed;
            length = front + middle.Length + end;
            if (rest.Length < feed + length)
                throw CompactReader.Damaged();
            if (!isFirst)
                rest[0] = EndOfLine;
            before[..front].CopyTo(rest[feed..]);
            middle.CopyTo(rest[(feed + front)..]);
            before[^end..].CopyTo(rest[(feed + front + middle.Length)..]);
            rest = rest[(feed + length)..];
            if (reader.IsAtEnd && !rest.IsEmpty)
                throw CompactReader.Damaged();
        }

        return isFirst ? throw CompactReader.Damaged() : lines;
    }

    private static int CommonEnd(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        var most = Math.Min(one.Length, other.Length);
        var common = 0;
        while (common < most && one[^(common + 1)] == other[^(common + 1)])
            common++;
        return common;
    }
}
