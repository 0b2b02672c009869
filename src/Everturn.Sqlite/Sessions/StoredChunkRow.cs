using Everturn.Sqlite.Engine;
using Everturn.Streaming;

namespace Everturn.Sqlite.Sessions;

/// <summary>A row of chunks, still encoded.</summary>
/// <param name="First">Number of its first chunk.</param>
/// <param name="Last">Number of its last chunk.</param>
/// <param name="Content">The content's column.</param>
internal readonly record struct StoredChunkRow(long First, long Last, byte[] Content)
{
    /// <summary>The chunks of rows, from after a number on.</summary>
    public static IReadOnlyList<StoredChunk> Load(List<StoredChunkRow> rows, long after, PayloadStore payloads)
    {
        if (rows.Count == 0)
            return [];
        List<StoredChunk> chunks = new((int)(rows[^1].Last - Math.Max(after, rows[0].First - 1)));
        foreach (var row in rows)
            ChunkLines.Unpack(payloads.Load(row.Content), row.First, after, chunks);
        return chunks;
    }
}
