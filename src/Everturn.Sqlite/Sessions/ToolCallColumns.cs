using Everturn.Sessions;
using Everturn.Sqlite.Engine;

namespace Everturn.Sqlite.Sessions;

/// <summary>Reads and writes rows of <c>tool_calls</c>.</summary>
internal static class ToolCallColumns
{
    public static void Save(SqliteConnection connection, SessionKey key, ToolCallRecord call, ToolCallContent content)
    {
        using var statement = connection.Use(SessionSql.SaveToolCall).Of(key);
        statement
            .Bind(3, call.RunId)
            .Bind(4, call.Step)
            .Bind(5, call.Index)
            .Bind(6, call.ToolCallId)
            .Bind(7, call.ToolName)
            .Bind(8, call.Status.Value)
            .Bind(9, call.Effect)
            .Bind(10, call.Attempt)
            .Bind(11, call.Sensitive)
            .Bind(12, call.IdempotencyKey)
            .Bind(13, call.CreatedAt)
            .Bind(14, call.EndedAt)
            .Bind(15, content.Arguments)
            .Bind(16, content.Result)
            .Bind(17, content.StagedChange)
            .Run();
    }

    public static StoredToolCall Read(Statement row) =>
        new(
            new ToolCallRecord
            {
                RunId = row.Text(0),
                Step = row.Int(1),
                Index = row.Int(2),
                ToolCallId = row.Text(3),
                ToolName = row.Text(4),
                Status = new ToolCallStatus(row.Text(5)),
                Effect = row.Text(6),
                Attempt = row.Int(7),
                Sensitive = row.Bool(8),
                IdempotencyKey = row.Text(9),
                CreatedAt = row.Time(10),
                EndedAt = row.TimeOrNull(11),
            },
            row.BytesOrNull(12),
            row.BytesOrNull(13),
            row.BytesOrNull(14)
        );
}
