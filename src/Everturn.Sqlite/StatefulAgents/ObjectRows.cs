using Everturn.Sqlite.Engine;
using Everturn.StatefulAgents;
using Everturn.StatefulAgents.Storage;
using Everturn.Storage;

namespace Everturn.Sqlite.StatefulAgents;

/// <summary>Rows of the table of objects.</summary>
internal static class ObjectRows
{
    public static ObjectPlacement? Read(SqliteConnection connection, StatefulAgentId key, NodeIdentity self)
    {
        using var statement = connection.Use(ObjectDirectorySql.Select);
        if (!statement.BindKey(key).Read())
            return null;
        var node = new NodeIdentity(statement.Text(0), statement.Long(1));
        return new ObjectPlacement(
            node,
            statement.Long(2),
            statement.TextOrNull(3),
            IsLocal: node == self,
            Time(statement.LongOrNull(4))
        );
    }

    public static Statement BindKey(this Statement statement, StatefulAgentId key) =>
        statement.Bind(1, key.Tenant).Bind(2, key.Agent).Bind(3, key.Name);

    public static Statement BindOwner(this Statement statement, StatefulAgentId key, Fence fence) =>
        statement.BindKey(key).Bind(4, fence.Node.NodeId).Bind(5, fence.Node.Epoch).Bind(6, fence.OwnerEpoch);

    public static DateTimeOffset? Time(long? milliseconds) =>
        milliseconds is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;
}
