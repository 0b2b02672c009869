using System.IO.Pipelines;
using Everturn.Streaming;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Everturn.AspNetCore;

/// <summary>
/// An open event stream (Helix Agents, <c>SSEConnection</c>). A reader that takes nothing for too long is dead: its
/// connection is dropped, so that nothing is kept for it.
/// </summary>
/// <param name="http">The request.</param>
/// <param name="fromSequence">The position the reader began with.</param>
/// <param name="deadAfter">How long a write may take.</param>
/// <param name="time">The clock.</param>
internal sealed class SseConnection(HttpContext http, long fromSequence, TimeSpan deadAfter, TimeProvider time)
{
    private readonly PipeWriter _body = http.Response.BodyWriter;

    /// <summary>The last number that was written, or the position the reader began with.</summary>
    public long FromSequence { get; private set; } = fromSequence;

    /// <summary>When the reader last took something.</summary>
    public DateTimeOffset LastActivity { get; private set; } = time.GetUtcNow();

    /// <summary>Sets the headers, which go out with the first flush.</summary>
    public void WriteHeaders()
    {
        var headers = http.Response.Headers;
        headers.ContentType = "text/event-stream; charset=utf-8";
        headers.CacheControl = "no-cache, no-transform";
        headers["X-Accel-Buffering"] = "no";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    /// <summary>Writes events.</summary>
    public ValueTask WriteAsync(IReadOnlyList<StreamSegment> segments)
    {
        foreach (var segment in segments)
        {
            Append(segment.Events.Span);
            FromSequence = segment.LastSequence;
        }
        return FlushAsync();
    }

    /// <summary>Writes something that is not part of the log.</summary>
    public ValueTask WriteAsync(ReadOnlySpan<byte> text)
    {
        Append(text);
        return FlushAsync();
    }

    /// <summary>Sends what was written.</summary>
    /// <exception cref="OperationCanceledException">The reader is gone, or dead.</exception>
    public async ValueTask FlushAsync()
    {
        var flushing = _body.FlushAsync(http.RequestAborted);
        if (!flushing.IsCompleted)
        {
            try
            {
                await flushing.AsTask().WaitAsync(deadAfter, time, http.RequestAborted).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                http.Abort();
                throw new OperationCanceledException(http.RequestAborted);
            }
        }
        else
        {
            await flushing.ConfigureAwait(false);
        }
        LastActivity = time.GetUtcNow();
    }

    /// <summary>Adds to what the next flush sends.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_body.GetSpan(bytes.Length));
        _body.Advance(bytes.Length);
    }
}
