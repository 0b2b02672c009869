using System.Text.Json;

namespace Everturn.StatefulAgents.Transport;

/// <summary>What a protocol calls: connections and requests for objects of this host.</summary>
internal interface IObjectTransport
{
    /// <summary>
    /// Adds a connection to an object. Wakes it if need be, decides tags and flags, sends the protocol's greeting and
    /// runs the connect hook. A connection with the same id stays beside it.
    /// </summary>
    /// <param name="id">The object.</param>
    /// <param name="connectionId">The client's own id, not empty.</param>
    /// <param name="request">The request that opens it.</param>
    /// <param name="socket">Where frames go.</param>
    /// <param name="props">For the start hook, should the object start now.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The connection, from here on the receiver of frames.</returns>
    /// <exception cref="StatefulAgentNotFoundException">The class is not registered.</exception>
    /// <exception cref="InvalidInputException">The id or a tag breaks its rule.</exception>
    /// <exception cref="ObjectElsewhereException">Another host owns the object.</exception>
    /// <exception cref="Exception">What a hook threw; nothing of the connection is left.</exception>
    Task<IObjectConnection> ConnectAsync(
        StatefulAgentId id,
        string connectionId,
        AgentRequest request,
        IConnectionSocket socket,
        JsonElement? props,
        CancellationToken cancellationToken
    );

    /// <summary>Sends a request to an object.</summary>
    /// <param name="id">The object.</param>
    /// <param name="request">The request.</param>
    /// <param name="props">For the start hook, should the object start now.</param>
    /// <param name="cancellationToken">Ends the waiting, not the request's turn.</param>
    Task<AgentResponse> FetchAsync(
        StatefulAgentId id,
        AgentRequest request,
        JsonElement? props,
        CancellationToken cancellationToken
    );
}
