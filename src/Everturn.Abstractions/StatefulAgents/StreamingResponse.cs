namespace Everturn.StatefulAgents;

/// <summary>
/// Where a streaming method writes to. After its end every method returns false and does nothing. If the method throws,
/// the stream ends with that error; if it returns without an end, the stream stays open until one is called.
/// </summary>
public sealed class StreamingResponse
{
    private readonly IStreamSink _sink;

    internal StreamingResponse(IStreamSink sink) => _sink = sink;

    /// <summary>Whether the stream has ended, or its client has gone.</summary>
    public bool IsClosed => !_sink.IsOpen;

    /// <summary>Sends a chunk.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="chunk">The chunk.</param>
    /// <returns>False if the stream has ended.</returns>
    public bool Send<T>(T chunk) => _sink.IsOpen && _sink.Chunk(AgentJson.Write(chunk));

    /// <summary>Ends the stream without a last chunk.</summary>
    /// <returns>False if it has ended before.</returns>
    public bool End() => _sink.IsOpen && _sink.End(null);

    /// <summary>Ends the stream.</summary>
    /// <typeparam name="T">The last chunk's type.</typeparam>
    /// <param name="finalChunk">The last chunk.</param>
    /// <returns>False if it has ended before.</returns>
    public bool End<T>(T finalChunk) => _sink.IsOpen && _sink.End(AgentJson.Write(finalChunk));

    /// <summary>Ends the stream with an error.</summary>
    /// <param name="message">What the client is told.</param>
    /// <returns>False if it has ended before.</returns>
    public bool Error(string message) => _sink.IsOpen && _sink.Error(message);
}
