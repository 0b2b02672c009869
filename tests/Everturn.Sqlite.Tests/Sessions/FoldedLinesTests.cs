using System.Text;
using Everturn.Sqlite.Engine;
using Everturn.Sqlite.Sessions;

namespace Everturn.Sqlite.Tests.Sessions;

public sealed class FoldedLinesTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("a\na")]
    [InlineData("\n\n")]
    [InlineData("aaa\naa\naaaa")]
    [InlineData("abcabc\nabc\nabcabcabc\n\nx")]
    [InlineData("{\"n\":1,\"t\":\"ü\"}\n{\"n\":2,\"t\":\"ö\"}\n{\"n\":2,\"t\":\"\"}")]
    public void Lines_come_back(string lines) => Unfold(Fold(lines)).ShouldBe(lines);

    [Fact]
    public void Any_lines_come_back()
    {
        // Few letters, so that fronts and ends often overlap.
        var random = new Random(7);
        for (var i = 0; i < 2_000; i++)
        {
            var lines = string.Join(
                '\n',
                Enumerable
                    .Range(0, random.Next(1, 9))
                    .Select(_ => string.Concat(Enumerable.Range(0, random.Next(7)).Select(_ => "ab"[random.Next(2)])))
            );
            Unfold(Fold(lines)).ShouldBe(lines);
        }
    }

    [Fact]
    public void Damaged_content_is_an_error_or_other_lines_and_nothing_else()
    {
        var folded = Fold("abcabc\nabc\nabcabcabc\n\nx").ToArray();
        for (var place = 0; place < folded.Length; place++)
        {
            foreach (byte value in (byte[])[0, 1, 7, 0x7f, 0xff])
            {
                var damaged = folded.ToArray();
                damaged[place] = value;
                try
                {
                    _ = FoldedLines.Unfold(damaged);
                }
                catch (StoreUnavailableException exception)
                {
                    exception.Message.ShouldContain("damaged");
                }
            }
        }

        Should.Throw<StoreUnavailableException>(() => FoldedLines.Unfold([]));
        Should.Throw<StoreUnavailableException>(() => FoldedLines.Unfold(folded.AsSpan()[..^1]));
    }

    /// <summary>The format as it was written: each line's front and end in common with the one before, and what is between.</summary>
    private static ReadOnlyMemory<byte> Fold(string lines)
    {
        var writer = new CompactWriter();
        writer.Number((ulong)Encoding.UTF8.GetByteCount(lines));
        ReadOnlySpan<byte> before = [];
        foreach (var text in lines.Split('\n'))
        {
            ReadOnlySpan<byte> line = Encoding.UTF8.GetBytes(text);
            var front = line.CommonPrefixLength(before);
            var end = CommonEnd(line[front..], before[front..]);
            writer.Number((ulong)front);
            writer.Number((ulong)end);
            writer.Bytes(line[front..^end]);
            before = line;
        }

        return writer.Written;
    }

    private static int CommonEnd(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        var most = Math.Min(one.Length, other.Length);
        var common = 0;
        while (common < most && one[^(common + 1)] == other[^(common + 1)])
            common++;
        return common;
    }

    private static string Unfold(ReadOnlyMemory<byte> folded) =>
        Encoding.UTF8.GetString(FoldedLines.Unfold(folded.Span));
}
