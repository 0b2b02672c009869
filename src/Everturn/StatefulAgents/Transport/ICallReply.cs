namespace Everturn.StatefulAgents.Transport;

/// <summary>
/// The answer to a client's call: one result or one error, or chunks and then an end or an error. Called in order with
/// the frames of the same socket, when all that the object wrote before is durable; must return at once. Not called at
/// all when the object was reset: the socket is closed then.
/// </summary>
internal interface ICallReply
{
    /// <summary>The method returned.</summary>
    /// <param name="json">The result; null for none (undefined).</param>
    void Result(ReadOnlyMemory<byte>? json);

    /// <summary>A chunk of a stream.</summary>
    void Chunk(ReadOnlyMemory<byte> json);

    /// <summary>The end of a stream.</summary>
    /// <param name="json">The last chunk; null for none.</param>
    void End(ReadOnlyMemory<byte>? json);

    /// <summary>The call failed, or its stream did.</summary>
    /// <param name="message">What the client is told.</param>
    void Error(string message);
}
