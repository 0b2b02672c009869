using System.Text.Json;
using Everturn.Streaming;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

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
        var connection = new SseConnection(
            request.Http,
            options.AfterSequence,
            request.Service<IOptions<StreamConnectionOptions>>().Value.DeadAfter,
            request.Service<TimeProvider>()
        );
        try
        {
            await WriteEventsAsync(connection, reader).ConfigureAwait(false);
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

    private static async Task WriteEventsAsync(SseConnection connection, SessionStreamReader reader)
    {
        connection.WriteHeaders();
        var next = reader.ReadAsync();
        if (!next.IsCompleted)
        {
            // Nothing to say yet: let the client know that it is connected.
            await connection.FlushAsync().ConfigureAwait(false);
        }
        while (true)
        {
            var read = await next.ConfigureAwait(false);
            switch (read.Kind)
            {
                case StreamReadKind.Idle:
                    await connection.WriteAsync(KeepAlive).ConfigureAwait(false);
                    break;
                case StreamReadKind.End:
                    await connection.WriteAsync(End(read, reader.Cursor)).ConfigureAwait(false);
                    return;
                default:
                    await connection.WriteAsync(read.Segments).ConfigureAwait(false);
                    break;
            }
            next = reader.ReadAsync();
        }
    }

    private static byte[] End(StreamRead read, long sequence)
    {
        var end = JsonSerializer.SerializeToUtf8Bytes(
            StreamEndEvent.Of(read.Run, read.IsDeleted, sequence),
            EverturnHttpJson.Default.StreamEndEvent
        );
        return [.. "event: end\ndata: "u8, .. end, .. "\n\n"u8];
    }
}
