using System.Text;
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
    public void Deltas_of_a_flush_take_little_more_than_their_text()
    {
        var lines = Enumerable
            .Range(0, 20)
            .Select(i =>
                $$"""{"type":"text_delta","agentId":"01a201b6-345c-742c-9261-455124dd706c","agentType":"writer","timestamp":{{1795325047914
                    + i}},"step":1,"delta":" word{{i}}"}"""
            );

        Fold(string.Join('\n', lines)).Length.ShouldBeLessThan(1_000);
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

    private static ReadOnlyMemory<byte> Fold(string lines)
    {
        ReadOnlyMemory<byte>[] split =
        [
            .. lines.Split('\n').Select(line => new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(line))),
        ];
        return FoldedLines.Fold(split, Encoding.UTF8.GetByteCount(lines));
    }

    private static string Unfold(ReadOnlyMemory<byte> folded) =>
        Encoding.UTF8.GetString(FoldedLines.Unfold(folded.Span));
}
