using Everturn.Sqlite.Engine;
using Everturn.StatefulAgents;
using Everturn.Storage;

namespace Everturn.Sqlite.StatefulAgents;

/// <summary>Changes an object's row as its owner.</summary>
/// <param name="kind">What is written.</param>
/// <param name="sql">The statement.</param>
/// <param name="key">The object.</param>
/// <param name="fence">The owner.</param>
/// <param name="alarm">The last parameter of the statement, if it has one more.</param>
internal sealed class OwnedObjectCommit(
    CommitKind kind,
    string sql,
    StatefulAgentId key,
    Fence fence,
    DateTimeOffset? alarm = null
) : CommitItem<int>(kind)
{
    protected override int Apply(SqliteConnection connection)
    {
        FenceCheck.Require(connection, fence);
        using var statement = connection.Use(sql);
        statement.BindOwner(key, fence);
        if (Kind == CommitKind.ObjectAlarm)
            statement.Bind(7, alarm?.ToUnixTimeMilliseconds());
        return statement.Run() > 0 ? 1 : throw new OwnershipLostException($"object {key}");
    }
}
