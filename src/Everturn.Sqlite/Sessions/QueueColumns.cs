using Everturn.Agents;
using Everturn.Sessions;
using Everturn.Sessions.Storage;
using Everturn.Sqlite.Engine;

namespace Everturn.Sqlite.Sessions;

/// <summary>Reads and writes rows of <c>queued_runs</c>, in the order of <see cref="SessionSql"/>.</summary>
internal static class QueueColumns
{
    private const int ContentColumn = 18;

    /// <summary>What waits in a session, without content.</summary>
    public static List<QueuedRun> ReadQueue(SqliteConnection connection, SessionKey key)
    {
        List<QueuedRun> queue = [];
        using var rows = connection.Use(SessionSql.GetQueue).Of(key);
        while (rows.Read())
            queue.Add(Record(rows));
        return queue;
    }

    /// <summary>What waits in a session, with its content still encoded.</summary>
    public static List<(QueuedRun Queued, byte[]? Content)> ReadEncoded(SqliteConnection connection, SessionKey key)
    {
        List<(QueuedRun, byte[]?)> queue = [];
        using var rows = connection.Use(SessionSql.GetQueue).Of(key);
        while (rows.Read())
            queue.Add((Record(rows), rows.BytesOrNull(ContentColumn)));
        return queue;
    }

    /// <summary>One by its run id or request id, as the run that it is to be.</summary>
    public static RunRecord? Find(SqliteConnection connection, SessionKey key, string sql, string id)
    {
        using var row = connection.Use(sql).Of(key);
        return row.Bind(3, id).Read() ? Record(row).ToRun() : null;
    }

    /// <summary>Writes what a plan says about the queue.</summary>
    public static void Write(
        SqliteConnection connection,
        SessionRecord before,
        CommitPlan plan,
        Func<StoredPayload> content
    )
    {
        var key = before.Key;
        if (plan.Enqueued is { } enqueued)
            Insert(connection, enqueued, content());
        foreach (var settled in plan.Settled)
        {
            Release(connection, key, settled.RunId);
            Settle(connection, settled);
        }
        if (plan.Dequeued is { } dequeued)
        {
            Release(connection, key, dequeued);
            using var delete = connection.Use(SessionSql.DeleteQueued).Of(key);
            delete.Bind(3, dequeued).Run();
        }
        if (plan.Session!.QueuedRuns == before.QueuedRuns)
            return;
        using var count = connection.Use(SessionSql.UpdateQueuedCount).Of(key);
        count.Bind(3, plan.Session.QueuedRuns).Run();
    }

    private static void Insert(SqliteConnection connection, QueuedRun queued, StoredPayload content)
    {
        using var statement = connection.Use(SessionSql.InsertQueued).Of(queued.Session);
        statement
            .Bind(3, queued.Position)
            .Bind(4, queued.RunId)
            .Bind(5, queued.Policy.Value)
            .Bind(6, queued.Status.Value)
            .Bind(7, queued.AgentType)
            .Bind(8, queued.TargetRunId)
            .Bind(9, queued.TargetTurn)
            .Bind(10, queued.RequestId)
            .Bind(11, queued.BodyHash)
            .Bind(12, queued.Server)
            .Bind(13, queued.TraceParent)
            .Bind(14, queued.CreatedAt)
            .Bind(15, content);
        try
        {
            statement.Run();
        }
        catch (SqliteException exception) when (exception.IsConstraint)
        {
            throw new InvalidInputException("runId", "The session has a run with this id.");
        }
    }

    private static void Settle(SqliteConnection connection, QueuedRun settled)
    {
        using var statement = connection.Use(SessionSql.SettleQueued).Of(settled.Session);
        statement
            .Bind(3, settled.RunId)
            .Bind(4, settled.Status.Value)
            .Bind(5, settled.JoinedRunId)
            .Bind(6, settled.Reason)
            .Bind(7, settled.Error)
            .Bind(8, settled.EndedAt)
            .Run();
    }

    private static void Release(SqliteConnection connection, SessionKey key, string runId)
    {
        using var rows = connection.Use(SessionSql.QueuedContent).Of(key);
        BlobRelease.Rows(connection, key, rows.Bind(3, runId), columns: 1);
    }

    private static QueuedRun Record(Statement row) =>
        new()
        {
            Session = new SessionKey(row.Text(0), row.Text(1)),
            Position = row.Long(2),
            RunId = row.Text(3),
            Policy = new DoubleTexting(row.Text(4)),
            Status = new RunStatus(row.Text(5)),
            AgentType = row.Text(6),
            TargetRunId = row.Text(7),
            TargetTurn = row.Int(8),
            JoinedRunId = row.TextOrNull(9),
            RequestId = row.TextOrNull(10),
            BodyHash = row.TextOrNull(11),
            Server = row.TextOrNull(12),
            TraceParent = row.TextOrNull(13),
            Reason = row.TextOrNull(14),
            Error = row.TextOrNull(15),
            CreatedAt = row.Time(16),
            EndedAt = row.TimeOrNull(17),
        };
}
