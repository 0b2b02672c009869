using System.Text.Json;

namespace Everturn.StatefulAgents.Transport;

/// <summary>
/// The receiving half of a client's connection. Its methods are called one after the other, as frames arrive; each
/// returns as soon as the object has taken the frame, later only while too much waits for it, and never waits for the
/// object to handle it.
/// </summary>
internal interface IObjectConnection
{
    /// <summary>The connection, as the agent sees it.</summary>
    Connection Connection { get; }

    /// <summary>A message that is not part of the protocol.</summary>
    ValueTask ReceiveAsync(ConnectionMessage message);

    /// <summary>The client sets the state. A refusal is answered with <see cref="IAgentProtocol.StateErrorFrame"/>.</summary>
    ValueTask SetStateAsync(JsonElement state);

    /// <summary>The client calls a method. The arguments must not rest on a buffer that is used again.</summary>
    ValueTask CallAsync(string method, JsonElement arguments, ICallReply reply);

    /// <summary>The socket is gone: nothing is sent any more, and the close hook runs.</summary>
    ValueTask CloseAsync(CloseInfo close);
}
