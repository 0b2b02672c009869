using Everturn.Sessions;
using Everturn.Sqlite.Engine;
using Everturn.Sqlite.Sessions;
using Everturn.Storage;
using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Sqlite.Workflows;

/// <summary>Creates a run's instance in the transaction that begins the run.</summary>
/// <param name="database">The file of both.</param>
internal sealed class CoLocatedInstances(SqliteDatabase database) : ICoLocatedInstances
{
    // The format of the engine's parameters: bare JSON.
    private const int JsonVersion = 1;

    public bool TryInsert(SqliteConnection connection, OutboxEntry start, NodeIdentity? owner, DateTimeOffset at)
    {
        var key = new InstanceKey(start.Session.Tenant, start.WorkflowName!, start.InstanceId);
        var instance = new NewInstance(key, new Payload(0, JsonVersion, start.Parameters), at)
        {
            CreationToken = start.Token,
            Owner = owner,
        };
        // An id that was used is left to the outbox, which tells a repetition from a conflict.
        var stored = database.Storage.Payloads.Store(start.Parameters, JsonVersion);
        return WorkflowRows.TryInsert(connection, instance, stored, database.Storage.Blobs) is not null;
    }
}
