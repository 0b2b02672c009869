using Everturn.Sessions;
using Everturn.Sqlite.Engine;

namespace Everturn.Sqlite.Sessions;

/// <summary>Reads and writes rows of <c>outbox</c>.</summary>
internal static class OutboxColumns
{
    public static void Insert(SqliteConnection connection, OutboxEntry entry, StoredPayload parameters)
    {
        using var statement = connection.Use(SessionSql.InsertOutbox).Of(entry.Session);
        statement
            .Bind(3, entry.Kind.Value)
            .Bind(4, entry.InstanceId)
            .Bind(5, entry.Token)
            .Bind(6, entry.WorkflowName)
            .Bind(7, parameters)
            .Run();
    }

    public static IReadOnlyList<OutboxEntry> ReadAll(Statement rows, PayloadStore payloads)
    {
        List<OutboxEntry> entries = [];
        while (rows.Read())
        {
            entries.Add(
                new OutboxEntry
                {
                    Id = rows.Long(0),
                    Session = new SessionKey(rows.Text(1), rows.Text(2)),
                    Kind = new OutboxKind(rows.Text(3)),
                    InstanceId = rows.Text(4),
                    Token = rows.Text(5),
                    WorkflowName = rows.TextOrNull(6),
                    Parameters = payloads.LoadOrEmpty(rows.BytesOrNull(7)),
                }
            );
        }
        return entries;
    }
}
