using Everturn.Sqlite.Engine;

namespace Everturn.Sqlite.Sessions;

/// <summary>
/// Lines of which each is stored as what it does not share with the one before: how many bytes its front and its end have
/// in common with it, and what is between. Rows of chunks were written like this before <see cref="ChunkCompression"/>.
/// </summary>
internal static class FoldedLines
{
    private const byte EndOfLine = (byte)'\n';

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
}
