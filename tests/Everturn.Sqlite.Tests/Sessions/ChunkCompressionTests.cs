using System.Text;
using Everturn.Sqlite.Sessions;

namespace Everturn.Sqlite.Tests.Sessions;

public sealed class ChunkCompressionTests
{
    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("abcdefgabcdefgabcdefgabcdef-abcdefg")]
    [InlineData("{\"type\":\"text_delta\",\"agentId\":\"\"}\n{\"type\":\"text_delta\",\"agentId\":\"\"}")]
    [InlineData("{\"type\":\"öffnen\",\"n\":1}\n{\"type\":\"öffnen\",\"n\":2}")]
    public void A_text_comes_back(string text) => RoundTrip(text).ShouldBe(text);

    [Fact]
    public void Any_text_comes_back()
    {
        // Few letters, so that copies often overlap what they write.
        var random = new Random(7);
        for (var i = 0; i < 2_000; i++)
        {
            var letters = random.Next(1, 5);
            var text = string.Concat(Enumerable.Range(0, random.Next(200)).Select(_ => "ab\nü"[random.Next(letters)]));
            RoundTrip(text).ShouldBe(text);
        }
    }

    [Fact]
    public void The_end_of_a_turn_fits_on_a_page_beside_its_neighbours()
    {
        var words = Enumerable.Range(0, 20).Select(i => $" word{i}").ToList();
        var lines = words
            .Select(word => Chunk("text_delta", $"\"delta\":\"{word}\""))
            .Append(Chunk("output", $"\"output\":\"{string.Concat(words)}\""))
            .Append(Chunk("checkpoint_created", "\"checkpointId\":\"cpv1-s-3-s381-t1795335950915-65a6b2\""))
            .Append(Chunk("step_committed", "\"usage\":{}"));

        // SQLite takes longer rows apart: it keeps up to 488 bytes of one on a page of 2,048.
        Compress(string.Join('\n', lines)).Length.ShouldBeLessThan(440);
        Compress(Chunk("text_delta", "\"delta\":\"word\"")).Length.ShouldBeLessThan(90);
    }

    [Fact]
    public void Damaged_content_is_an_error_or_another_text_and_nothing_else()
    {
        var compressed = Compress("abcabcabcabcabcabcabc{\"type\":\"text_delta\",x").ToArray();
        for (var place = 0; place < compressed.Length; place++)
        {
            foreach (byte value in (byte[])[0, 1, 7, 0x7f, 0xff])
            {
                var damaged = compressed.ToArray();
                damaged[place] = value;
                try
                {
                    _ = ChunkCompression.Decompress(damaged);
                }
                catch (StoreUnavailableException exception)
                {
                    exception.Message.ShouldContain("damaged");
                }
            }
        }

        Should.Throw<StoreUnavailableException>(() => ChunkCompression.Decompress([]));
        Should.Throw<StoreUnavailableException>(() => ChunkCompression.Decompress(compressed.AsSpan()[..^1]));
        Should.Throw<StoreUnavailableException>(() => ChunkCompression.Decompress([.. compressed, 0]));
    }

    private static string Chunk(string type, string rest) =>
        $$"""{"type":"{{type}}","agentId":"01a2025c-9219-7e0d-a89b-e3e5ec52c83e","agentType":"writer","timestamp":1795335950915,"step":1,{{rest}}}""";

    private static ReadOnlyMemory<byte> Compress(string text) =>
        ChunkCompression.Compress(Encoding.UTF8.GetBytes(text));

    private static string RoundTrip(string text) =>
        Encoding.UTF8.GetString(ChunkCompression.Decompress(Compress(text).Span).Span);
}
