namespace Everturn.StatefulAgents.Transport;

/// <summary>The frames that the host sends by itself. Encoded once, however many connections get them.</summary>
internal interface IAgentProtocol
{
    /// <summary>What a new connection is sent, in order. Called in the object's turn.</summary>
    IEnumerable<ReadOnlyMemory<byte>> Greet(AgentGreeting greeting);

    /// <summary>The state has changed.</summary>
    /// <param name="state">The state as JSON.</param>
    ReadOnlyMemory<byte> StateFrame(ReadOnlyMemory<byte> state);

    /// <summary>A client's state frame was refused.</summary>
    /// <param name="error">Why.</param>
    ReadOnlyMemory<byte> StateErrorFrame(string error);
}
