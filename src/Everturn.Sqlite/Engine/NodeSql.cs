namespace Everturn.Sqlite.Engine;

/// <summary>The statements of the node directory.</summary>
internal static class NodeSql
{
    public const string Insert = """
        INSERT INTO nodes (node_id, epoch, state, host, process, started, changed) VALUES (?1, ?2, 1, ?3, ?4, ?5, ?5)
        ON CONFLICT (node_id) DO UPDATE SET epoch = nodes.epoch + 1, state = 1, changed = excluded.changed
        RETURNING epoch
        """;

    public const string Fence = """
        UPDATE nodes SET epoch = epoch + 1, state = 2, changed = ?3 WHERE node_id = ?1 AND epoch = ?2 AND state = 1
        """;

    public const string Delete = "DELETE FROM nodes WHERE node_id = ?1 AND epoch = ?2";

    public const string DeleteOld = "DELETE FROM nodes WHERE state = 2 AND changed < ?1";

    public const string SelectLive = "SELECT node_id, epoch FROM nodes WHERE state = 1";

    public const string SelectIds = "SELECT node_id FROM nodes";

    public const string IsLive = "SELECT 1 FROM nodes WHERE node_id = ?1 AND epoch = ?2 AND state = 1";
}
