namespace Everturn.Sqlite.StatefulAgents;

/// <summary>The statements on the main file's table of objects.</summary>
internal static class ObjectDirectorySql
{
    public const string Select = """
        SELECT owner_node, owner_node_epoch, owner_epoch, owner_address, alarm FROM objects
        WHERE tenant = ?1 AND agent = ?2 AND name = ?3
        """;

    public const string Take = """
        INSERT INTO objects (tenant, agent, name, owner_node, owner_node_epoch, owner_epoch, owner_address)
        VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6)
        ON CONFLICT (tenant, agent, name) DO UPDATE SET
            owner_node = excluded.owner_node, owner_node_epoch = excluded.owner_node_epoch,
            owner_epoch = objects.owner_epoch + 1, owner_address = excluded.owner_address
        RETURNING owner_epoch, alarm
        """;

    public const string SetAlarm = """
        UPDATE objects SET alarm = ?7
        WHERE tenant = ?1 AND agent = ?2 AND name = ?3
          AND owner_node = ?4 AND owner_node_epoch = ?5 AND owner_epoch = ?6
        """;

    public const string Forget = """
        DELETE FROM objects
        WHERE tenant = ?1 AND agent = ?2 AND name = ?3
          AND owner_node = ?4 AND owner_node_epoch = ?5 AND owner_epoch = ?6
        """;

    // Each agent's index range is walked in the order of time, past the objects of other living nodes.
    public const string SelectAlarms = """
        SELECT tenant, name, alarm FROM objects
        WHERE agent = ?1 AND alarm IS NOT NULL
          AND ((owner_node = ?2 AND owner_node_epoch = ?3)
               OR NOT EXISTS (SELECT 1 FROM nodes
                              WHERE node_id = owner_node AND epoch = owner_node_epoch AND state = 1))
        ORDER BY alarm LIMIT ?4
        """;
}
