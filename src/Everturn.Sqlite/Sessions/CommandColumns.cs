using Everturn.Sessions;
using Everturn.Sqlite.Engine;

namespace Everturn.Sqlite.Sessions;

/// <summary>Reads and writes rows of <c>commands</c>.</summary>
internal static class CommandColumns
{
    public static void Insert(SqliteConnection connection, CommandRecord command, StoredPayload content)
    {
        using var statement = connection.Use(SessionSql.InsertCommand).Of(command.Session);
        statement
            .Bind(3, command.RunId)
            .Bind(4, command.Revision)
            .Bind(5, command.Kind.Value)
            .Bind(6, command.Reason)
            .Bind(7, command.CreatedAt)
            .Bind(8, content)
            .Run();
    }

    /// <summary>The run has ended: nobody has to look at its commands any more.</summary>
    public static void Close(SqliteConnection connection, RunRecord run)
    {
        using var statement = connection.Use(SessionSql.CloseCommands).Of(run.Session);
        statement.Bind(3, run.RunId).Run();
    }

    public static IReadOnlyList<CommandRecord> ReadAll(Statement rows, PayloadStore payloads)
    {
        List<CommandRecord> commands = [];
        while (rows.Read())
        {
            commands.Add(
                new CommandRecord
                {
                    Session = new SessionKey(rows.Text(0), rows.Text(1)),
                    RunId = rows.Text(2),
                    Revision = rows.Int(3),
                    Kind = new CommandKind(rows.Text(4)),
                    Reason = rows.TextOrNull(5),
                    CreatedAt = rows.Time(6),
                    Content = payloads.LoadOrEmpty(rows.BytesOrNull(7)),
                }
            );
        }
        return commands;
    }
}
