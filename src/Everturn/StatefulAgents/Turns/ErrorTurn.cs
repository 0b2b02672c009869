using Everturn.StatefulAgents.Hosting;

namespace Everturn.StatefulAgents.Turns;

/// <summary>The error hook. What it throws itself is only logged.</summary>
internal sealed class ErrorTurn(ObjectActivation activation, HostedConnection? connection, Exception error)
    : Turn(activation.Slot)
{
    public override ObjectActivation Bound => activation;

    public override HostedConnection? Connection => connection;

    protected override Task RunAsync(ObjectActivation activation) =>
        activation.Agent.OnErrorAsync(connection?.Connection, error, activation.Lifetime);

    protected override void Threw(ObjectActivation activation, Exception exception) =>
        StatefulAgentLog.TurnFailed(Slot.Host.Logger, Slot.Id, exception);

    protected override void Failed(Exception exception) { }
}
