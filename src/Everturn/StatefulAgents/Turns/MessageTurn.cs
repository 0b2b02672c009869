using Everturn.StatefulAgents.Hosting;

namespace Everturn.StatefulAgents.Turns;

/// <summary>A message that is not part of the protocol.</summary>
internal sealed class MessageTurn(ObjectSlot slot, HostedConnection connection, ConnectionMessage message)
    : ConnectionTurn(slot, connection)
{
    protected override string SpanName => "agent.message";

    protected override Task RunAsync(ObjectActivation activation) =>
        activation.Agent.OnMessageAsync(Connection.Connection, message, activation.Lifetime);
}
