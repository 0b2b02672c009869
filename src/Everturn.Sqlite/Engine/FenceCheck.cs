using Everturn.Storage;

namespace Everturn.Sqlite.Engine;

/// <summary>
/// Asks, inside the transaction of a commit, whether a node still has its place. Stores compare the owner of the run or
/// instance besides.
/// </summary>
internal static class FenceCheck
{
    /// <exception cref="OwnershipLostException">The node was declared dead or has taken a new epoch.</exception>
    public static void Require(SqliteConnection connection, Fence fence) => Require(connection, fence.Node);

    /// <exception cref="OwnershipLostException">The node was declared dead or has taken a new epoch.</exception>
    public static void Require(SqliteConnection connection, NodeIdentity node)
    {
        if (!IsLive(connection, node))
            throw new OwnershipLostException($"node {node.NodeId}, epoch {node.Epoch}");
    }

    /// <summary>
    /// Whether what this node owns, under this epoch, is still its own. False also for the past of a node that lives.
    /// </summary>
    public static bool IsLive(SqliteConnection connection, NodeIdentity node)
    {
        if (connection.LiveNode == node)
            return true;
        using var statement = connection.Use(NodeSql.IsLive);
        var isLive = statement.Bind(1, node.NodeId).Bind(2, node.Epoch).Read();
        if (isLive)
            connection.LiveNode = node;
        return isLive;
    }
}
