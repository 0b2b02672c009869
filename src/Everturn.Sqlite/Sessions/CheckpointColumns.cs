using Everturn.Sessions;
using Everturn.Sqlite.Engine;

namespace Everturn.Sqlite.Sessions;

/// <summary>Reads and writes rows of <c>checkpoints</c>.</summary>
internal static class CheckpointColumns
{
    public static void Insert(
        SqliteConnection connection,
        SessionRecord session,
        CheckpointRecord checkpoint,
        StoredPayload state
    )
    {
        using var statement = connection.Use(SessionSql.InsertCheckpoint).Of(session.Key);
        statement
            .Bind(3, session.StepCount)
            .Bind(4, checkpoint.CheckpointId)
            .Bind(5, checkpoint.RunId)
            .Bind(6, checkpoint.StepCount)
            .Bind(7, checkpoint.MessageCount)
            .Bind(8, checkpoint.Sequence)
            .Bind(9, checkpoint.Status.Value)
            .Bind(10, checkpoint.CreatedAt)
            .Bind(11, state)
            .Run();
    }

    public static StoredCheckpoint Read(Statement row) =>
        new(
            row.Long(0),
            new CheckpointRecord
            {
                CheckpointId = row.Text(1),
                RunId = row.Text(2),
                StepCount = row.Int(3),
                MessageCount = row.Int(4),
                Sequence = row.Long(5),
                Status = new RunStatus(row.Text(6)),
                CreatedAt = row.Time(7),
                IsVoided = row.Bool(9),
            },
            row.BytesOrNull(8)
        );
}
