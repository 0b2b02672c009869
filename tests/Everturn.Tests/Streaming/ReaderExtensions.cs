using Everturn.Streaming;

namespace Everturn.Tests.Streaming;

internal static class ReaderExtensions
{
    /// <summary>Reads until the end or a number, checking that number and content belong together and nothing is missing.</summary>
    public static async Task<StreamRead> ReadOnAsync(
        this SessionStreamReader reader,
        long until = long.MaxValue,
        Func<Task>? pause = null
    )
    {
        var expected = reader.Cursor;
        while (true)
        {
            var read = await reader.ReadAsync();
            foreach (var segment in read.Kind == StreamReadKind.Chunks ? read.Segments : [])
            {
                for (var i = 0; i < segment.Count; i++)
                {
                    expected++;
                    var chunk = StreamChunkJson.Decode(segment[i]).ShouldBeOfType<TextDeltaChunk>();
                    (chunk.Sequence, chunk.Delta).ShouldBe((expected, $"delta {expected}"));
                }
            }
            reader.Cursor.ShouldBe(expected);
            if (expected >= until || read.Kind is StreamReadKind.End or StreamReadKind.Resync)
            {
                return read;
            }
            if (pause is not null)
            {
                await pause();
            }
        }
    }
}
