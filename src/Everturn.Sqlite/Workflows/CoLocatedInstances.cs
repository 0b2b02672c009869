using Everturn.Sessions;
using Everturn.Sqlite.Engine;
using Everturn.Sqlite.Sessions;
using Everturn.Storage;
using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Sqlite.Workflows;

/// <summary>Creates the instance that carries a run in the run's own commit, as the outbox would after it.</summary>
/// <param name="source">Gives the data directory, which may be opened later.</param>
internal sealed class CoLocatedInstances(Func<SqliteStorage> source) : ICoLocatedInstances
{
    public bool TryInsert(SqliteConnection connection, OutboxEntry start, NodeIdentity? owner, DateTimeOffset at)
    {
        var key = new InstanceKey(start.Session.Tenant, start.WorkflowName ?? "", start.InstanceId);
        var parameters = WorkflowPayloads.Encode(start.Parameters);
        var instance = new NewInstance(key, parameters, at) { CreationToken = start.Token, Owner = owner };
        // A pointer of some hundred bytes: it never becomes a blob, so it may be encoded here.
        var stored = source().Payloads.Store(parameters.Data, parameters.Version);
        return WorkflowRows.TryInsert(connection, instance, stored) is not null;
    }
}
