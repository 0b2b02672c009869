namespace Everturn.StatefulAgents.Transport;

/// <summary>The sending half of a client's socket. Called in order, by one thread at a time; must return at once.</summary>
internal interface IConnectionSocket
{
    /// <summary>Sends a frame; does nothing when the socket is gone.</summary>
    /// <param name="data">UTF-8 text or bytes, shared with other sockets.</param>
    /// <param name="isText">Whether it is a text frame.</param>
    void Send(ReadOnlyMemory<byte> data, bool isText);

    /// <summary>Closes the socket behind the frames sent so far; does nothing when it is gone.</summary>
    /// <param name="code">The close code.</param>
    /// <param name="reason">The reason.</param>
    void Close(int code, string reason);
}
