using Everturn.Sessions;
using Everturn.Sqlite.Engine;
using Everturn.Storage;

namespace Everturn.Sqlite.Sessions;

/// <summary>Reads and writes rows of <c>runs</c>, in the order of <see cref="SessionSql"/>.</summary>
internal static class RunColumns
{
    private const int CommittedColumn = 30;
    private const int OutputColumn = 31;
    private const int ServerColumn = 32;
    private const int InputColumn = 33;

    /// <summary>A run with its output still as it is stored, or null where a join found none.</summary>
    /// <param name="row">The row.</param>
    /// <param name="at">The run's first column.</param>
    public static StoredRun? Read(Statement row, int at = 0) =>
        row.IsNull(at)
            ? null
            : new StoredRun(Record(row, at), row.LongOrNull(at + CommittedColumn), row.BytesOrNull(at + OutputColumn));

    private static RunRecord Record(Statement row, int at) =>
        new()
        {
            Session = new SessionKey(row.Text(at), row.Text(at + 1)),
            Ordinal = row.Int(at + 2),
            RunId = row.Text(at + 3),
            Turn = row.Int(at + 4),
            Trigger = new RunTrigger(row.Text(at + 5)),
            InstanceId = row.Text(at + 6),
            AgentType = row.Text(at + 7),
            Runtime = row.Text(at + 8),
            Status = new RunStatus(row.Text(at + 9)),
            StartSequence = row.Long(at + 10),
            EndSequence = row.LongOrNull(at + 11),
            StartMessageCount = row.Int(at + 12),
            InputMessageCount = row.Int(at + InputColumn),
            StepCount = row.Int(at + 13),
            ClaimCount = row.Int(at + 14),
            CommandRevision = row.Int(at + 15),
            Owner = row.TextOrNull(at + 16) is { } node
                ? new Fence(new NodeIdentity(node, row.Long(at + 17)), row.Long(at + 18))
                : null,
            CreatedAt = row.Time(at + 19),
            StartedAt = row.TimeOrNull(at + 20),
            EndedAt = row.TimeOrNull(at + 21),
            Deadline = row.TimeOrNull(at + 22),
            ParentRunId = row.TextOrNull(at + 23),
            RequestId = row.TextOrNull(at + 24),
            BodyHash = row.TextOrNull(at + 25),
            DefinitionVersion = row.TextOrNull(at + 26),
            TraceParent = row.TextOrNull(at + 27),
            Reason = row.TextOrNull(at + 28),
            Error = row.TextOrNull(at + 29),
            Server = row.TextOrNull(at + ServerColumn),
        };

    public static void Insert(SqliteConnection connection, RunRecord run, string? workflow)
    {
        using var statement = connection.Use(SessionSql.InsertRun).Of(run.Session);
        statement
            .Bind(3, run.Ordinal)
            .Bind(4, run.RunId)
            .Bind(5, run.Turn)
            .Bind(6, run.Trigger.Value)
            .Bind(7, run.InstanceId)
            .Bind(8, run.AgentType)
            .Bind(9, run.Runtime)
            .Bind(10, run.Status.Value)
            .Bind(11, run.StartSequence)
            .Bind(12, run.StartMessageCount)
            .Bind(13, run.StepCount)
            .Bind(14, run.ClaimCount)
            .Bind(15, run.CommandRevision)
            .Bind(16, run.Owner?.Node.NodeId)
            .Bind(17, run.Owner?.Node.Epoch)
            .Bind(18, run.Owner?.OwnerEpoch)
            .Bind(19, run.CreatedAt)
            .Bind(20, run.StartedAt)
            .Bind(21, run.Deadline)
            .Bind(22, run.ParentRunId)
            .Bind(23, run.RequestId)
            .Bind(24, run.BodyHash)
            .Bind(25, run.DefinitionVersion)
            .Bind(26, run.TraceParent)
            .Bind(27, workflow)
            .Bind(28, run.Server)
            .Bind(29, run.InputMessageCount)
            .Run();
    }

    /// <param name="connection">The writer.</param>
    /// <param name="before">The row as it is.</param>
    /// <param name="after">The row as it shall be.</param>
    /// <param name="output">The new output; empty leaves it.</param>
    /// <param name="committedSequence">The last chunk of a step that commits; null leaves it.</param>
    public static void Update(
        SqliteConnection connection,
        RunRecord before,
        RunRecord after,
        StoredPayload output,
        long? committedSequence
    )
    {
        var hasNewStatus =
            before.Status != after.Status || before.EndedAt != after.EndedAt || before.EndSequence != after.EndSequence;
        using var statement = connection
            .Use(hasNewStatus ? SessionSql.UpdateRun : SessionSql.UpdateRunProgress)
            .Of(after.Session);
        statement
            .Bind(3, after.Ordinal)
            .Bind(4, after.StepCount)
            .Bind(5, after.ClaimCount)
            .Bind(6, after.CommandRevision)
            .Bind(7, after.Owner?.Node.NodeId)
            .Bind(8, after.Owner?.Node.Epoch)
            .Bind(9, after.Owner?.OwnerEpoch)
            .Bind(10, after.StartedAt)
            .Bind(11, after.Reason)
            .Bind(12, after.Error)
            .Bind(13, output)
            .Bind(14, committedSequence);
        if (hasNewStatus)
            statement.Bind(15, after.Status.Value).Bind(16, after.EndSequence).Bind(17, after.EndedAt);
        statement.Run();
    }
}
