namespace Everturn.Sqlite.Engine;

/// <summary>Brings a file to the schemas of this build, and refuses one that a newer build has written.</summary>
internal static class SchemaMigrator
{
    /// <summary>Which version of each store's tables a file has.</summary>
    public const string VersionsTable = "schema_versions";

    private const string CreateVersions = """
        CREATE TABLE IF NOT EXISTS schema_versions (
            store   TEXT NOT NULL PRIMARY KEY,
            version INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID
        """;
    private const string SelectVersion = "SELECT version FROM schema_versions WHERE store = ?1";
    private const string SaveVersion = """
        INSERT INTO schema_versions (store, version) VALUES (?1, ?2)
        ON CONFLICT (store) DO UPDATE SET version = excluded.version
        """;
    private const string CountTables = "SELECT count(*) FROM sqlite_schema";
    private const string FindVersions = "SELECT count(*) FROM sqlite_schema WHERE name = 'schema_versions'";

    /// <exception cref="StoreVersionException">A schema in the file is newer than this build; it was not touched.</exception>
    /// <exception cref="StoreUnavailableException">The file belongs to another application; it was not touched.</exception>
    public static void Migrate(DatabaseFile file, IReadOnlyList<Schema> schemas)
    {
        Inspect(file, schemas);
        using var connection = file.OpenWriter();
        if (Versions(connection, schemas).Zip(schemas).All(pair => pair.First == pair.Second.Version))
            return;
        connection.ExecuteOnce("BEGIN IMMEDIATE");
        connection.ExecuteOnce($"PRAGMA application_id={DatabaseFile.ApplicationId}");
        connection.ExecuteOnce(CreateVersions);
        // Another process may have migrated between the look above and this transaction, so the versions are read again.
        foreach (var (version, schema) in Versions(connection, schemas).Zip(schemas).ToList())
            Migrate(connection, schema, version);
        connection.ExecuteOnce("COMMIT");
    }

    /// <summary>Whether the tables of a store are those of this build.</summary>
    /// <exception cref="StoreVersionException">They are newer than this build.</exception>
    public static bool IsCurrent(SqliteConnection connection, Schema schema) =>
        Versions(connection, [schema])[0] == schema.Version;

    /// <summary>Brings the tables of a store to this build, in a transaction that is open.</summary>
    /// <exception cref="StoreVersionException">They are newer than this build; nothing was changed.</exception>
    public static void MigrateInside(SqliteConnection connection, Schema schema)
    {
        connection.ExecuteOnce(CreateVersions);
        Migrate(connection, schema, Version(connection, schema));
    }

    private static void Inspect(DatabaseFile file, IReadOnlyList<Schema> schemas)
    {
        if (!File.Exists(file.Path))
            return;
        using var connection = file.OpenUntouched();
        // One moment for all questions: another process may be creating the file. The transaction ends with the connection.
        connection.ExecuteOnce("BEGIN");
        var application = connection.QueryLong("PRAGMA application_id");
        if (application != DatabaseFile.ApplicationId && connection.QueryLong(CountTables) > 0)
            throw new StoreUnavailableException($"{file.Path} is not an Everturn database.");
        _ = Versions(connection, schemas);
    }

    private static List<int> Versions(SqliteConnection connection, IReadOnlyList<Schema> schemas)
    {
        if (connection.QueryLong(FindVersions) == 0)
            return [.. schemas.Select(_ => 0)];
        return [.. schemas.Select(schema => Version(connection, schema))];
    }

    private static int Version(SqliteConnection connection, Schema schema)
    {
        using var statement = connection.Use(SelectVersion);
        var found = statement.Bind(1, schema.Store).Read() ? statement.Int(0) : 0;
        return found <= schema.Version ? found : throw new StoreVersionException(found, schema.Version);
    }

    private static void Migrate(SqliteConnection connection, Schema schema, int version)
    {
        foreach (var migration in schema.Migrations.Skip(version))
        {
            connection.ExecuteOnce(migration.Sql);
            using var statement = connection.Use(SaveVersion);
            statement.Bind(1, schema.Store).Bind(2, migration.Number).Run();
        }
    }
}
