using Everturn.StatefulAgents.Protocol;
using Everturn.StatefulAgents.Transport;

namespace Everturn.StatefulAgents.Tests.Fixtures;

/// <summary>The frames of the real protocol, without a network.</summary>
internal sealed class PlainProtocol : IAgentProtocol
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
    }

    public ReadOnlyMemory<byte> StateFrame(ReadOnlyMemory<byte> state) => AgentFrames.State(state);

    public ReadOnlyMemory<byte> StateErrorFrame(string error) => AgentFrames.StateError(error);
}
