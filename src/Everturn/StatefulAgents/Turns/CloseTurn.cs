using System.Diagnostics;
using Everturn.StatefulAgents.Hosting;

namespace Everturn.StatefulAgents.Turns;

/// <summary>A connection has ended.</summary>
internal sealed class CloseTurn(ObjectSlot slot, HostedConnection connection, CloseInfo close)
    : ConnectionTurn(slot, connection)
{
    protected override string SpanName => "agent.disconnect";

    protected override void Describe(Activity span) => span.SetTag("everturn.close.code", close.Code);

    protected override Task RunAsync(ObjectActivation activation)
    {
        Slot.Connections.Remove(Connection);
        StatefulAgentLog.Disconnected(Slot.Host.Logger, Slot.Id, Connection.Id, close.Code, close.Reason);
        return activation.Agent.OnCloseAsync(Connection.Connection, close, activation.Lifetime);
    }

    protected override void Failed(Exception exception)
    {
        Slot.Connections.Remove(Connection);
        base.Failed(exception);
    }
}
