namespace Everturn.Cli.Doctor;

/// <summary>The doctor's questions.</summary>
internal static class DoctorSql
{
    public const string ApplicationId = "PRAGMA application_id";

    public const string JournalMode = "PRAGMA journal_mode";

    public const string QuickCheck = "PRAGMA quick_check(10)";

    public const string HasVersions = "SELECT count(*) FROM sqlite_schema WHERE name = 'schema_versions'";

    public const string Versions = "SELECT store, version FROM schema_versions ORDER BY store";

    public const string Nodes = "SELECT node_id, epoch, host, process FROM nodes WHERE state = 1 ORDER BY node_id";

    public const string RunningRuns = "SELECT count(*) FROM runs WHERE status = 'running'";

    /// <summary>Running runs whose owner has lost its place, or which nobody ever took.</summary>
    public const string UnownedRuns = """
        SELECT count(*) FROM runs r WHERE r.status = 'running' AND NOT EXISTS (
            SELECT 1 FROM nodes n WHERE n.node_id = r.owner_node AND n.epoch = r.owner_node_epoch AND n.state = 1)
        """;

    /// <summary>Instances that a node holds which is not there any more.</summary>
    public const string AbandonedInstances = """
        SELECT count(*) FROM workflow_instances i WHERE i.owner_node IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM nodes n WHERE n.node_id = i.owner_node AND n.epoch = i.owner_node_epoch AND n.state = 1)
        """;

    public const string Outbox = "SELECT count(*) FROM outbox";

    /// <summary>Runs that the workflow engine should carry, and does not, nor has been told to.</summary>
    public const string UncarriedRuns = """
        SELECT r.session || ' (run ' || r.ordinal || ')' FROM runs r
        WHERE r.status = 'running' AND r.workflow IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM workflow_instances i
                          WHERE i.tenant = r.tenant AND i.workflow = r.workflow AND i.instance_id = r.instance_id)
          AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.tenant = r.tenant AND o.instance_id = r.instance_id)
        LIMIT 10
        """;

    /// <summary>Sessions that name a run which is not there.</summary>
    public const string SessionsWithoutRun = """
        SELECT s.session FROM sessions s
        WHERE s.current_run IS NOT NULL AND s.deleted_at IS NULL AND NOT EXISTS (
            SELECT 1 FROM runs r WHERE r.tenant = s.tenant AND r.session = s.session AND r.run_id = s.current_run)
        LIMIT 10
        """;

    /// <summary>Sessions whose transcript is shorter or longer than it says.</summary>
    public const string SessionsMiscounted = """
        SELECT s.session FROM sessions s
        WHERE s.deleted_at IS NULL AND s.message_count <> (
            SELECT count(*) FROM messages m WHERE m.tenant = s.tenant AND m.session = s.session)
        LIMIT 10
        """;

    /// <summary>Blobs that rows name.</summary>
    public const string NamedBlobs = "SELECT DISTINCT hash FROM blob_owners";

    public const string ReleasedBlobs = "SELECT count(*) FROM released_blobs";

    /// <summary>Rows of a table whose session is gone.</summary>
    public static string RowsWithoutSession(string table) =>
        $"""
            SELECT count(*) FROM {table} t WHERE NOT EXISTS (
                SELECT 1 FROM sessions s WHERE s.tenant = t.tenant AND s.session = t.session AND s.deleted_at IS NULL)
            """;
}
