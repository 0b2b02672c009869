using Everturn.Sqlite.Engine;

namespace Everturn.Sqlite.StatefulAgents;

/// <summary>
/// The main file's table of objects: who owns each, and when it is to be woken. What an object stores is in its own
/// file. Times are UTC milliseconds.
/// </summary>
internal static class ObjectSchema
{
    public static readonly Schema Schema = new("objects", [new Migration(1, Version1)]);

    private const string Version1 = """
        CREATE TABLE objects (
            tenant           TEXT NOT NULL,
            agent            TEXT NOT NULL,
            name             TEXT NOT NULL,
            owner_node       TEXT NOT NULL,
            owner_node_epoch INTEGER NOT NULL,
            owner_epoch      INTEGER NOT NULL,
            owner_address    TEXT,
            alarm            INTEGER,
            PRIMARY KEY (tenant, agent, name)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX objects_due ON objects (agent, alarm) WHERE alarm IS NOT NULL;
        """;
}
