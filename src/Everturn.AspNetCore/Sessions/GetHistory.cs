using System.Text.Json;
using Everturn.Sessions;
using Everturn.Streaming;

namespace Everturn.AspNetCore.Sessions;

/// <summary><c>GET /sessions/{sessionId}/history</c>: stored chunks, as they are.</summary>
internal static class GetHistory
{
    private const int DefaultLimit = 100;

    public static async Task HandleAsync(SessionRequest request)
    {
        var key = request.Key();
        var after = request.Query.Number("fromSequence") ?? 0;
        var limit = request.Query.Limit(DefaultLimit);
        // The range before the chunks: what is appended in between is more, never less than the range says.
        var info =
            await request.Store.GetInfoAsync(key, request.Aborted).ConfigureAwait(false)
            ?? throw new SessionNotFoundException(key.SessionId);
        var chunks = await request.Store.ReadChunksAsync(key, after, limit, request.Aborted).ConfigureAwait(false);
        request.Response.ContentType = "application/json; charset=utf-8";
        Write(request, info, chunks, Math.Min(limit, chunks.Count));
        await request.Response.BodyWriter.FlushAsync(request.Aborted).ConfigureAwait(false);
    }

    private static void Write(SessionRequest request, StreamInfo info, IReadOnlyList<StoredChunk> chunks, int count)
    {
        var last = count == 0 ? 0 : chunks[count - 1].Sequence;
        using var json = new Utf8JsonWriter(request.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("status", info.Status.Value);
        json.WriteNumber("firstSequence", info.FirstSequence);
        json.WriteNumber("lastSequence", Math.Max(info.LastSequence, last));
        json.WriteBoolean("hasMore", count > 0 && (count < chunks.Count || last < info.LastSequence));
        json.WriteStartArray("chunks");
        for (var i = 0; i < count; i++)
        {
            json.WriteStartObject();
            json.WriteNumber("sequence", chunks[i].Sequence);
            json.WritePropertyName("chunk");
            json.WriteRawValue(chunks[i].Json.Span, skipInputValidation: true);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
