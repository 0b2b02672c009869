using Everturn.StatefulAgents.Transport;

namespace Everturn.StatefulAgents.Protocol;

/// <summary>What the host says by itself, as clients of Cloudflare Agents understand it.</summary>
internal sealed class AgentProtocol : IAgentProtocol
{
    public IEnumerable<ReadOnlyMemory<byte>> Greet(AgentGreeting greeting)
    {
        if (greeting.SendIdentity)
        {
            yield return AgentFrames.Identity(greeting.Id.Name, greeting.Id.Agent, greeting.State is not null);
        }
        if (greeting.State is { } state)
        {
            yield return AgentFrames.State(state);
        }
        yield return AgentFrames.NoMcpServers;
    }

    public ReadOnlyMemory<byte> StateFrame(ReadOnlyMemory<byte> state) => AgentFrames.State(state);

    public ReadOnlyMemory<byte> StateErrorFrame(string error) => AgentFrames.StateError(error);
}
