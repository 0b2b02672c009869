using Everturn.StatefulAgents.Hosting;

namespace Everturn.StatefulAgents.Turns;

/// <summary>A connection has ended.</summary>
internal sealed class CloseTurn(ObjectSlot slot, HostedConnection connection, CloseInfo close)
    : ConnectionTurn(slot, connection)
{
    protected override Task RunAsync(ObjectActivation activation)
    {
        Slot.Connections.Remove(Connection);
        StatefulAgentInstruments.Connections.Add(-1, Slot.Host.TagOf(Slot.Id));
        StatefulAgentLog.Disconnected(Slot.Host.Logger, Slot.Id, Connection.Id, close.Code, close.Reason);
        return activation.Agent.OnCloseAsync(Connection.Connection, close, activation.Lifetime);
    }

    protected override void Failed(Exception exception)
    {
        Slot.Connections.Remove(Connection);
        base.Failed(exception);
    }
}
