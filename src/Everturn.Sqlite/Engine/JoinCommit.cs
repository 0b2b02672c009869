using Everturn.Storage;

namespace Everturn.Sqlite.Engine;

/// <summary>A node takes its place, or a new epoch if it had one.</summary>
/// <param name="node">Its id, and the epoch to begin with.</param>
/// <param name="now">Unix milliseconds.</param>
/// <param name="joined">Called with the epoch when it is durable.</param>
internal sealed class JoinCommit(NodeIdentity node, long now, Action<long> joined) : CommitItem<long>(CommitKind.Node)
{
    protected override long Apply(SqliteConnection connection)
    {
        using var statement = connection.Use(NodeSql.Insert);
        statement
            .Bind(1, node.NodeId)
            .Bind(2, node.Epoch)
            .Bind(3, Environment.MachineName)
            .Bind(4, Environment.ProcessId)
            .Bind(5, now);
        statement.Read();
        return statement.Long(0);
    }

    protected override void OnDurable(long result) => joined(result);
}
