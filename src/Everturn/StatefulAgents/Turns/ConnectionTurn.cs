using Everturn.StatefulAgents.Hosting;

namespace Everturn.StatefulAgents.Turns;

/// <summary>A frame of a connection whose sender is not told how it went.</summary>
internal abstract class ConnectionTurn(ObjectSlot slot, HostedConnection connection) : Turn(slot)
{
    public override HostedConnection Connection { get; } = connection;

    protected override void Threw(ObjectActivation activation, Exception exception) =>
        activation.Report(Connection, exception);

    // The object could not start: the client would wait for something that does not come.
    protected override void Failed(Exception exception)
    {
        if (Activation is null)
        {
            StatefulAgentLog.TurnFailed(Slot.Host.Logger, Slot.Id, exception);
        }
    }
}
