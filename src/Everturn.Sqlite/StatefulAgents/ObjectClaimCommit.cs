using Everturn.Sqlite.Engine;
using Everturn.StatefulAgents;
using Everturn.StatefulAgents.Storage;
using Everturn.Storage;

namespace Everturn.Sqlite.StatefulAgents;

/// <summary>Takes an object, unless a living node has it.</summary>
internal sealed class ObjectClaimCommit(StatefulAgentId key, NodeIdentity self, string? address)
    : CommitItem<ObjectPlacement>(CommitKind.ObjectClaim)
{
    protected override ObjectPlacement Apply(SqliteConnection connection)
    {
        FenceCheck.Require(connection, self);
        if (ObjectRows.Read(connection, key, self) is { } found)
        {
            if (found.IsLocal || FenceCheck.IsLive(connection, found.Node))
                return found;
        }
        using var statement = connection.Use(ObjectDirectorySql.Take);
        statement.BindKey(key).Bind(4, self.NodeId).Bind(5, self.Epoch).Bind(6, address);
        statement.Read();
        var epoch = statement.Long(0);
        var alarm = ObjectRows.Time(statement.LongOrNull(1));
        // To the end: RETURNING gives its row before the statement is done.
        statement.Read();
        return new ObjectPlacement(self, epoch, address, IsLocal: true, alarm);
    }
}
