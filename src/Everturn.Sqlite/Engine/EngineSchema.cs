namespace Everturn.Sqlite.Engine;

/// <summary>The tables of the engine itself.</summary>
internal static class EngineSchema
{
    public static readonly Schema Schema = new("engine", [new Migration(1, Version1)]);

    private const string Version1 = """
        CREATE TABLE wal_preparation (id INTEGER PRIMARY KEY CHECK (id = 1), round INTEGER NOT NULL) STRICT;
        INSERT INTO wal_preparation (id, round) VALUES (1, 0);
        CREATE TABLE nodes (
            node_id TEXT NOT NULL PRIMARY KEY,
            epoch   INTEGER NOT NULL,
            state   INTEGER NOT NULL,
            host    TEXT NOT NULL,
            process INTEGER NOT NULL,
            started INTEGER NOT NULL,
            changed INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """;
}
