namespace Everturn.StatefulAgents;

/// <summary>The object's connections. They outlive the object's stay in memory.</summary>
public interface IAgentConnections
{
    /// <summary>Open connections.</summary>
    int Count { get; }

    /// <summary>The open connection with an id; null if there is none.</summary>
    /// <param name="id">The id.</param>
    Connection? Find(string id);

    /// <summary>The open connections.</summary>
    /// <param name="tag">Those with this tag; null for all.</param>
    IReadOnlyList<Connection> List(string? tag = null);

    /// <summary>Sends a text to every open connection, whether it takes part in the protocol or not.</summary>
    /// <param name="text">The text.</param>
    /// <param name="except">Ids of connections that do not get it.</param>
    void Broadcast(string text, params ReadOnlySpan<string> except);

    /// <summary>Sends bytes to every open connection.</summary>
    /// <param name="data">The bytes, not to be changed afterwards.</param>
    /// <param name="except">Ids of connections that do not get them.</param>
    void Broadcast(ReadOnlyMemory<byte> data, params ReadOnlySpan<string> except);

    /// <summary>Sends a value as JSON text to every open connection.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="message">The value.</param>
    /// <param name="except">Ids of connections that do not get it.</param>
    void BroadcastJson<T>(T message, params ReadOnlySpan<string> except);
}
