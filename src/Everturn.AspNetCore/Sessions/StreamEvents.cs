using System.Buffers;
using System.Text.Json;
using Everturn.Streaming;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;

namespace Everturn.AspNetCore.Sessions;

/// <summary><c>GET /sessions/{sessionId}/sse</c>: the stream as server-sent events, stored and live.</summary>
internal static class StreamEvents
{
    private static ReadOnlySpan<byte> KeepAlive => ": keep-alive\n\n"u8;

    public static async Task HandleAsync(SessionRequest request)
    {
        var key = request.Key();
        var options = new StreamReadOptions
        {
            AfterSequence = Position(request),
            Follow = request.Query.Flag("follow"),
        };
        var stopping = request.Service<IHostApplicationLifetime>().ApplicationStopping;
        // A host that stops lets its readers go, who come back to the next one with their position.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(request.Aborted, stopping);
        using var reader = await request
            .Service<SessionStreams>()
            .OpenAsync(key, options, ending.Token)
            .ConfigureAwait(false);
        WriteHeaders(request);
        try
        {
            await WriteEventsAsync(request, reader).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // Gone, or told to go: either way nobody waits for an end event.
        }
    }

    // The header wins: a browser that reconnects repeats the address it first had, and says in the header where it was.
    private static long Position(SessionRequest request) =>
        request.Http.Request.Headers.TryGetValue("Last-Event-ID", out var values)
        && values.ToString() is { Length: > 0 } id
            ? QueryReader.Number(id, "Last-Event-ID")
            : request.Query.Number("fromSequence") ?? 0;

    private static void WriteHeaders(SessionRequest request)
    {
        var headers = request.Response.Headers;
        headers.ContentType = "text/event-stream; charset=utf-8";
        headers.CacheControl = "no-cache, no-transform";
        headers["X-Accel-Buffering"] = "no";
        request.Http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    private static async Task WriteEventsAsync(SessionRequest request, SessionStreamReader reader)
    {
        var body = request.Response.BodyWriter;
        var next = reader.ReadAsync();
        if (!next.IsCompleted)
        {
            // Nothing to say yet: let the client know that it is connected.
            await body.FlushAsync(request.Aborted).ConfigureAwait(false);
        }
        while (true)
        {
            var read = await next.ConfigureAwait(false);
            switch (read.Kind)
            {
                case StreamReadKind.Idle:
                    body.Write(KeepAlive);
                    await body.FlushAsync(request.Aborted).ConfigureAwait(false);
                    break;
                case StreamReadKind.End:
                    await WriteEndAsync(request, read, reader.Cursor).ConfigureAwait(false);
                    return;
                default:
                    foreach (var segment in read.Segments)
                    {
                        body.Write(segment.Events.Span);
                    }
                    await body.FlushAsync(request.Aborted).ConfigureAwait(false);
                    break;
            }
            next = reader.ReadAsync();
        }
    }

    private static async Task WriteEndAsync(SessionRequest request, StreamRead read, long sequence)
    {
        var end = JsonSerializer.SerializeToUtf8Bytes(
            StreamEndEvent.Of(read.Run, read.IsDeleted, sequence),
            EverturnHttpJson.Default.StreamEndEvent
        );
        await request
            .Response.BodyWriter.WriteAsync((byte[])[.. "event: end\ndata: "u8, .. end, .. "\n\n"u8], request.Aborted)
            .ConfigureAwait(false);
    }
}
