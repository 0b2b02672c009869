using System.Diagnostics;
using System.Text;
using Everturn.StatefulAgents.Storage;

namespace Everturn.StatefulAgents.Hosting;

/// <content>The stored state.</content>
internal sealed partial class ObjectActivation
{
    public ReadOnlyMemory<byte>? ReadState()
    {
        RequireTurn();
        if (!Tables.Has(AgentSql.StateTable))
        {
            return null;
        }

        return Database.Execute(AgentSql.SelectState).FirstOrNull() is { } row
            ? Encoding.UTF8.GetBytes(row[0].AsText())
            : null;
    }

    public void RemoveState()
    {
        RequireTurn();
        if (Tables.Has(AgentSql.StateTable))
        {
            Database.Execute(AgentSql.DeleteState);
        }
    }

    public void WriteState(ReadOnlyMemory<byte> json, StateSource source)
    {
        RequireTurn();
        if (json.Length > Host.Limits.StateBytes)
        {
            throw new InvalidInputException(
                "state",
                $"A state is at most {Host.Limits.StateBytes} bytes of JSON; these are {json.Length}."
            );
        }

        Tables.Ensure(AgentSql.StateTable, AgentSql.CreateState);
        Database.Execute(AgentSql.SaveState, new SqlValue(Encoding.UTF8.GetString(json.Span)));
        StatefulAgentInstruments.StateUpdates.Add(1, Slot.Host.TagOf(Id));
        StatefulAgentLog.StateChanged(Host.Logger, Id, source.Connection?.Id ?? "the server", json.Length);
        Activity.Current?.AddEvent(new ActivityEvent("state"));
        SendProtocol(Host.Protocol.StateFrame(json), source.Connection);
    }

    public void StateUnreadable(Exception exception) => StatefulAgentLog.StateUnreadable(Host.Logger, Id, exception);
}
