using System.Text.Json;
using Everturn.StatefulAgents.Hosting;

namespace Everturn.StatefulAgents.Turns;

/// <summary>A client sets the state.</summary>
internal sealed class StateTurn(ObjectSlot slot, HostedConnection connection, JsonElement state)
    : ConnectionTurn(slot, connection)
{
    protected override string SpanName => "agent.state";

    protected override Task RunAsync(ObjectActivation activation)
    {
        try
        {
            activation.Agent.SetStateFromClient(state, Connection.Connection);
        }
        catch (ConnectionReadOnlyException exception)
        {
            Refuse(activation, exception.Message);
        }
        catch (Exception exception) when (exception is not (StoreUnavailableException or ObjectResetException))
        {
            // The agent's own check, or a state that is none: both are told in the words of the protocol.
            StatefulAgentLog.StateRefused(Slot.Host.Logger, Slot.Id, exception.Message);
            Refuse(activation, "State update rejected");
        }

        return Task.CompletedTask;
    }

    private void Refuse(ObjectActivation activation, string error)
    {
        var frame = activation.Host.Protocol.StateErrorFrame(error);
        if (!frame.IsEmpty)
        {
            Connection.Send(frame, isText: true);
        }
    }
}
