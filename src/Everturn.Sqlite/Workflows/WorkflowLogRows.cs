using Everturn.Sqlite.Engine;
using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Sqlite.Workflows;

/// <summary>Writes instances' logs, inside a transaction.</summary>
internal static class WorkflowLogRows
{
    /// <summary>The number of the creation, which is not stored.</summary>
    private const long Creation = 1;

    public static long Last(SqliteConnection connection, InstanceKey key)
    {
        using var statement = connection.Use(WorkflowSql.LastLog);
        return statement.Bind(key).Read() ? statement.Long(0) : Creation;
    }

    public static void Append(SqliteConnection connection, InstanceKey key, params IReadOnlyList<LogEntry> entries) =>
        Append(connection, key, Last(connection, key), entries);

    public static void Append(
        SqliteConnection connection,
        InstanceKey key,
        long last,
        params IReadOnlyList<LogEntry> entries
    )
    {
        if (entries.Count == 0)
        {
            return;
        }

        using var statement = connection.Use(WorkflowSql.InsertLog);
        statement.Bind(key).Bind(4, last + 1).Bind(5, last + entries.Count).Bind(6, LogContent.Write(entries)).Run();
    }
}
