using System.Text.Json;
using Everturn.StatefulAgents.Hosting;
using Everturn.StatefulAgents.Transport;

namespace Everturn.StatefulAgents.Turns;

/// <summary>A client connects.</summary>
internal sealed class ConnectTurn(ObjectSlot slot, HostedConnection connection, JsonElement? props)
    : ResultTurn<IObjectConnection>(slot)
{
    public override HostedConnection Connection => connection;

    public override JsonElement? Props => props;

    protected override string SpanName => "agent.connect";

    protected override async Task<IObjectConnection> ComputeAsync(ObjectActivation activation)
    {
        var agent = activation.Agent;
        connection.SetTags(agent.GetConnectionTags(connection.Request));
        connection.IsReadOnly = agent.ShouldConnectionBeReadOnly(connection.Connection);
        connection.IsProtocolEnabled = agent.ShouldSendProtocolMessages(connection.Connection);
        if (connection.IsProtocolEnabled)
        {
            // Reading the state may create it, which the other connections are told, and this one by its greeting.
            var state = agent.StateForClients(connection.Connection);
            var greeting = new AgentGreeting(Slot.Id, agent.Options.SendIdentityOnConnect, state);
            foreach (var frame in activation.Host.Protocol.Greet(greeting))
            {
                connection.Send(frame, isText: true);
            }
        }

        Slot.Connections.Add(connection);
        try
        {
            await agent.OnConnectAsync(connection.Connection, activation.Lifetime).ConfigureAwait(true);
        }
        catch
        {
            Slot.Connections.Remove(connection);
            throw;
        }

        StatefulAgentLog.Connected(Slot.Host.Logger, Slot.Id, connection.Id);
        return connection;
    }
}
