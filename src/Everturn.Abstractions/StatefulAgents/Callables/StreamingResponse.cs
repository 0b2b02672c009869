using System.Text.Json;

namespace Everturn.StatefulAgents;

/// <summary>The answer of a streaming method: parts, then an end. Once it is closed, nothing more is sent.</summary>
/// <remarks>
/// It may be kept and ended after the method has returned; it stays open until then. A method that throws ends it with
/// the error. Source: Cloudflare Agents, <c>StreamingResponse</c>.
/// </remarks>
public abstract class StreamingResponse
{
    private int _closed;

    /// <summary>Whether it has ended, with or without an error.</summary>
    public bool IsClosed => Volatile.Read(ref _closed) != 0;

    /// <summary>Sends a part.</summary>
    /// <typeparam name="T">The part's type.</typeparam>
    /// <param name="chunk">The part.</param>
    /// <returns>False where the response is closed: nothing was sent.</returns>
    public bool Send<T>(T chunk)
    {
        if (IsClosed)
        {
            return false;
        }
        WriteChunk(Json(chunk));
        return true;
    }

    /// <summary>Ends the response.</summary>
    /// <returns>False where it was closed before.</returns>
    public bool End()
    {
        if (!TryClose())
        {
            return false;
        }
        WriteEnd(null);
        return true;
    }

    /// <summary>Ends the response with a last part, which is what the caller's promise gets.</summary>
    /// <typeparam name="T">The part's type.</typeparam>
    /// <param name="finalChunk">The last part.</param>
    /// <returns>False where it was closed before.</returns>
    public bool End<T>(T finalChunk)
    {
        if (IsClosed)
        {
            return false;
        }
        var json = Json(finalChunk);
        if (!TryClose())
        {
            return false;
        }
        WriteEnd(json);
        return true;
    }

    /// <summary>Ends the response with an error.</summary>
    /// <param name="message">What the caller is told.</param>
    /// <returns>False where it was closed before.</returns>
    public bool Error(string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (!TryClose())
        {
            return false;
        }
        WriteError(message);
        return true;
    }

    /// <summary>Sends a part.</summary>
    /// <param name="json">The part as JSON in UTF-8.</param>
    protected abstract void WriteChunk(ReadOnlyMemory<byte> json);

    /// <summary>Sends the end, once.</summary>
    /// <param name="json">The last part as JSON in UTF-8; null where there is none.</param>
    protected abstract void WriteEnd(ReadOnlyMemory<byte>? json);

    /// <summary>Sends the end with an error, once.</summary>
    /// <param name="message">What the caller is told.</param>
    protected abstract void WriteError(string message);

    private static byte[] Json<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, EverturnJson.TypeInfo<T>());

    private bool TryClose() => Interlocked.Exchange(ref _closed, 1) == 0;
}
