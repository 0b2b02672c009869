namespace Everturn.StatefulAgents.Transport;

/// <summary>For applications whose objects have no clients.</summary>
internal sealed class NoProtocol : IAgentProtocol
{
    public IEnumerable<ReadOnlyMemory<byte>> Greet(AgentGreeting greeting) => [];

    public ReadOnlyMemory<byte> StateFrame(ReadOnlyMemory<byte> state) => state;

    public ReadOnlyMemory<byte> StateErrorFrame(string error) => default;
}
