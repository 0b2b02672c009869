using Everturn.Sqlite.Engine;
using Everturn.Streaming;

namespace Everturn.Sqlite.Sessions;

/// <summary>Chunks as rows keep them: one JSON text a line, compressed. Nothing here parses JSON.</summary>
internal static class ChunkLines
{
    private const byte EndOfLine = (byte)'\n';

    /// <summary>
    /// Puts chunks into as few rows as fit inline, since a blob would cost a file sync; only a single chunk that is too
    /// large becomes one.
    /// </summary>
    /// <param name="chunks">The chunks.</param>
    /// <param name="inlineLimit">Bytes that fit into a row.</param>
    /// <param name="payloads">Encodes.</param>
    public static ChunkGroup[] Pack(IReadOnlyList<ReadOnlyMemory<byte>> chunks, int inlineLimit, PayloadStore payloads)
    {
        if (chunks.Count == 0)
            return [];
        List<ChunkGroup>? groups = null;
        for (var start = 0; ; )
        {
            var (end, length) = Measure(chunks, start, inlineLimit);
            var group = Join(chunks, start, end, length, inlineLimit, payloads);
            if (start == 0 && end == chunks.Count)
                return [group];
            (groups ??= []).Add(group);
            start = end;
            if (start == chunks.Count)
                return [.. groups];
        }
    }

    /// <summary>Takes a row apart.</summary>
    /// <param name="content">The content.</param>
    /// <param name="first">Number of the first chunk.</param>
    /// <param name="after">Chunks up to this number are left out.</param>
    /// <param name="chunks">Where the chunks go.</param>
    public static void Unpack(StoredContent content, long first, long after, List<StoredChunk> chunks)
    {
        var lines = content.Version switch
        {
            ContentFormat.CompressedChunks => ChunkCompression.Decompress(content.Plain.Span),
            ContentFormat.FoldedChunks => FoldedLines.Unfold(content.Plain.Span),
            _ => content.Plain,
        };
        for (var sequence = first; ; sequence++)
        {
            var end = lines.Span.IndexOf(EndOfLine);
            if (sequence > after)
                chunks.Add(new StoredChunk(sequence, end < 0 ? lines : lines[..end]));
            if (end < 0)
                return;
            lines = lines[(end + 1)..];
        }
    }

    private static (int End, int Length) Measure(IReadOnlyList<ReadOnlyMemory<byte>> chunks, int start, int inlineLimit)
    {
        var length = chunks[start].Length;
        var end = start + 1;
        while (end < chunks.Count && length + 1 + chunks[end].Length <= inlineLimit)
            length += 1 + chunks[end++].Length;
        return (end, length);
    }

    private static ChunkGroup Join(
        IReadOnlyList<ReadOnlyMemory<byte>> chunks,
        int start,
        int end,
        int length,
        int inlineLimit,
        PayloadStore payloads
    )
    {
        if (length > inlineLimit)
            return new ChunkGroup(1, payloads.Prepare(chunks[start], ContentFormat.Chunks));
        var lines = new byte[length];
        for (int i = start, at = 0; i < end; i++)
        {
            if (i > start)
                lines[at++] = EndOfLine;
            chunks[i].CopyTo(lines.AsMemory(at));
            at += chunks[i].Length;
        }
        var compressed = ChunkCompression.Compress(lines);
        var content =
            compressed.Length < length
                ? payloads.Prepare(compressed, ContentFormat.CompressedChunks)
                : payloads.Prepare(lines, ContentFormat.Chunks);
        return new ChunkGroup(end - start, content);
    }
}
