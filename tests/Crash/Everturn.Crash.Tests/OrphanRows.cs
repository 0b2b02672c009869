using Microsoft.Data.Sqlite;

namespace Everturn.Crash.Tests;

/// <summary>Looks for rows that no transaction should have left behind, after everything has ended.</summary>
internal static class OrphanRows
{
    private static readonly string[] OfSession =
    [
        "runs",
        "messages",
        "tool_calls",
        "session_states",
        "chunks",
        "usage_entries",
        "checkpoints",
        "commands",
        "outbox",
        "blob_owners",
    ];

    private static readonly (string What, string Sql)[] Checks =
    [
        .. OfSession.Select(table =>
            (
                $"rows of {table} without a session",
                $"SELECT count(*) FROM {table} t WHERE NOT EXISTS (SELECT 1 FROM sessions s WHERE s.tenant = t.tenant AND s.session = t.session)"
            )
        ),
        .. ((string[])["tool_calls", "checkpoints", "usage_entries", "commands"]).Select(table =>
            (
                $"rows of {table} without a run",
                $"SELECT count(*) FROM {table} t WHERE NOT EXISTS (SELECT 1 FROM runs r WHERE r.tenant = t.tenant AND r.session = t.session AND r.run_id = t.run_id)"
            )
        ),
        .. ((string[])["workflow_journal", "workflow_events", "workflow_calls"]).Select(table =>
            (
                $"rows of {table} without an instance",
                $"SELECT count(*) FROM {table} t WHERE NOT EXISTS (SELECT 1 FROM workflow_instances i WHERE i.tenant = t.tenant AND i.workflow = t.workflow AND i.instance_id = t.instance_id)"
            )
        ),
        (
            "instances of agents without a run",
            "SELECT count(*) FROM workflow_instances i WHERE workflow LIKE 'agent\\_\\_%' ESCAPE '\\' AND NOT EXISTS (SELECT 1 FROM runs r WHERE r.instance_id = i.instance_id)"
        ),
        (
            "runs without an instance",
            "SELECT count(*) FROM runs r WHERE NOT EXISTS (SELECT 1 FROM workflow_instances i WHERE i.instance_id = r.instance_id)"
        ),
        (
            "instances that have not ended",
            "SELECT count(*) FROM workflow_instances WHERE status NOT IN ('complete', 'errored', 'terminated')"
        ),
        ("calls of instances that wait", "SELECT count(*) FROM workflow_calls WHERE status = 'pending'"),
        ("runs that have not ended", "SELECT count(*) FROM runs WHERE status = 'running'"),
        ("outbox entries", "SELECT count(*) FROM outbox"),
        ("open commands", "SELECT count(*) FROM commands WHERE open = 1"),
        (
            "tool calls without an outcome",
            "SELECT count(*) FROM tool_calls WHERE status IN ('pending', 'started', 'unknown')"
        ),
        (
            "sessions whose messages are not as many as they say",
            "SELECT count(*) FROM sessions s WHERE message_count <> (SELECT count(*) FROM messages m WHERE m.tenant = s.tenant AND m.session = s.session)"
        ),
        (
            "sessions whose chunks are not as many as they say",
            "SELECT count(*) FROM sessions s WHERE last_sequence <> (SELECT coalesce(sum(c.last_sequence - c.first_sequence + 1), 0) FROM chunks c WHERE c.tenant = s.tenant AND c.session = s.session)"
        ),
        (
            "sessions whose checkpoints are not as many as their steps",
            "SELECT count(*) FROM sessions s WHERE step_count <> (SELECT count(*) FROM checkpoints c WHERE c.tenant = s.tenant AND c.session = s.session)"
        ),
    ];

    /// <summary>A line for each kind of row that should not be there, and what SQLite says of the file itself.</summary>
    public static IReadOnlyList<string> Find(string dataDirectory)
    {
        var file = Directory.GetFiles(dataDirectory, "*.db").ShouldHaveSingleItem();
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        var found = Checks
            .Select(check => (check.What, Count: (long)Scalar(connection, check.Sql)!))
            .Where(check => check.Count > 0)
            .Select(check => $"{check.Count} {check.What}")
            .ToList();
        var integrity = (string)Scalar(connection, "PRAGMA integrity_check")!;
        if (integrity != "ok")
        {
            found.Add(integrity);
        }

        return found;
    }

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
