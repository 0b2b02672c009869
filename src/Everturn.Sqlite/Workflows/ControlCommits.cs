using Everturn.Sqlite.Engine;
using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Sqlite.Workflows;

/// <summary>Transitions from outside, each inside a transaction.</summary>
internal static class ControlCommits
{
    public static bool Pause(SqliteConnection connection, InstanceKey key, DateTimeOffset at)
    {
        using var state = Find(connection, key);
        var status = new InstanceStatus(state.Text(0));
        if (status.IsTerminal)
        {
            throw new InstanceFinishedException(key, status, StoreMessages.CannotPause);
        }

        if (status == InstanceStatus.Paused || status == InstanceStatus.WaitingForPause)
        {
            return false;
        }

        if (state.IsNull(1))
        {
            using var pause = connection.Use(WorkflowSql.Pause);
            pause.Bind(key).Bind(4, WorkflowRows.Milliseconds(at)).Run();
            return Log(connection, key, InstanceStatus.Paused, at);
        }

        return ChangeStatus(connection, key, InstanceStatus.WaitingForPause, at);
    }

    public static bool Resume(SqliteConnection connection, InstanceKey key, DateTimeOffset at)
    {
        using var state = Find(connection, key);
        var status = new InstanceStatus(state.Text(0));
        if (status == InstanceStatus.WaitingForPause)
        {
            return ChangeStatus(connection, key, InstanceStatus.Running, at);
        }

        if (status != InstanceStatus.Paused)
        {
            return false;
        }

        var now = WorkflowRows.Milliseconds(at);
        using var shift = connection.Use(WorkflowSql.ShiftDue);
        shift.Bind(key).Bind(4, now - (state.LongOrNull(4) ?? now)).Run();
        using var resume = connection.Use(WorkflowSql.Resume);
        resume.Bind(key).Bind(4, now).Run();
        return Log(connection, key, InstanceStatus.Queued, at);
    }

    public static bool Terminate(
        SqliteConnection connection,
        InstanceTermination termination,
        byte[]? notify,
        BlobDirectory blobs
    )
    {
        var (key, at) = termination;
        using var state = Find(connection, key);
        var status = new InstanceStatus(state.Text(0));
        if (status.IsTerminal)
        {
            throw new InstanceFinishedException(key, status, StoreMessages.CannotTerminate);
        }

        if (termination.Rollback)
        {
            var isOwned = !state.IsNull(1);
            var next =
                !isOwned ? InstanceStatus.Queued
                : status == InstanceStatus.WaitingForPause ? InstanceStatus.Running
                : status;
            using var ask = connection.Use(WorkflowSql.AskForRollback);
            ask.Bind(key)
                .Bind(4, next.Value)
                .Bind(5, isOwned ? null : WorkflowRows.Milliseconds((DateTimeOffset?)at))
                .Run();
            return true;
        }

        Run(connection, WorkflowSql.DeleteEvents, key);
        using var statement = connection.Use(WorkflowSql.Terminate);
        statement
            .Bind(key)
            .Bind(4, WorkflowRows.Milliseconds(at))
            .Bind(5, WorkflowRows.Milliseconds(termination.ExpiresAt))
            .Run();
        WorkflowCallRows.Withdraw(connection, key, at);
        if (termination.Notify is { } notification)
        {
            EventCommit.Notify(connection, notification, notify!, blobs);
        }

        return Log(connection, key, InstanceStatus.Terminated, at);
    }

    public static bool Restart(SqliteConnection connection, InstanceRestart restart)
    {
        var key = restart.Key;
        Find(connection, key).Dispose();
        var last = WorkflowLogRows.Last(connection, key);
        if (restart.From is { } from)
        {
            ForgetFrom(connection, key, from);
        }
        else
        {
            Run(connection, WorkflowSql.DeleteJournal, key);
            Run(connection, WorkflowSql.DeleteEvents, key);
            Run(connection, WorkflowSql.DeleteChunks, key);
            Run(connection, WorkflowSql.DeleteLog, key);
        }

        WorkflowCallRows.Restart(connection, key, restart.At);
        using var statement = connection.Use(WorkflowSql.Restart);
        statement.Bind(key).Bind(4, WorkflowRows.Milliseconds(restart.At)).Run();
        WorkflowLogRows.Append(connection, key, last, StatusChange.Entry(InstanceStatus.Queued, restart.At));
        return true;
    }

    /// <returns>Whether there was such an instance.</returns>
    public static bool Delete(SqliteConnection connection, InstanceKey key)
    {
        if (Run(connection, WorkflowSql.DeleteInstance, key) == 0)
        {
            return false;
        }

        Run(connection, WorkflowSql.DeleteJournal, key);
        Run(connection, WorkflowSql.DeleteEvents, key);
        Run(connection, WorkflowSql.DeleteLog, key);
        Run(connection, WorkflowSql.DeleteChunks, key);
        Run(connection, WorkflowSql.DeleteCalls, key);
        Run(connection, WorkflowSql.ReleaseBlobs, key);
        Run(connection, WorkflowSql.DisownBlobs, key);
        return true;
    }

    public static bool Delete(
        SqliteConnection connection,
        InstanceKey key,
        NewEvent? notification,
        byte[]? notify,
        BlobDirectory blobs
    )
    {
        bool hasEnded;
        using (var state = Find(connection, key))
        {
            hasEnded = new InstanceStatus(state.Text(0)).IsTerminal;
        }

        Delete(connection, key);
        if (notification is not null && !hasEnded)
        {
            EventCommit.Notify(connection, notification, notify!, blobs);
        }

        return true;
    }

    public static int ReleaseOrphans(SqliteConnection connection, DateTimeOffset now)
    {
        var paused = new List<InstanceKey>();
        using (var rows = connection.Use(WorkflowSql.SelectOrphansToPause))
        {
            while (rows.Read())
            {
                paused.Add(WorkflowRows.Key(rows));
            }
        }

        foreach (var key in paused)
        {
            using var pause = connection.Use(WorkflowSql.PauseOrphan);
            pause.Bind(key).Bind(4, WorkflowRows.Milliseconds(now)).Run();
            Log(connection, key, InstanceStatus.Paused, now);
        }

        using var statement = connection.Use(WorkflowSql.ReleaseOrphans);
        return paused.Count + statement.Bind(1, WorkflowRows.Milliseconds(now)).Run();
    }

    /// <summary>The instance's state, as <see cref="WorkflowSql.SelectState"/> reads it.</summary>
    private static Statement Find(SqliteConnection connection, InstanceKey key)
    {
        var state = connection.Use(WorkflowSql.SelectState);
        if (state.Bind(key).Read())
        {
            return state;
        }

        state.Dispose();
        throw new InstanceNotFoundException(key);
    }

    private static void ForgetFrom(SqliteConnection connection, InstanceKey key, JournalKey from)
    {
        long order;
        long started;
        using (var start = connection.Use(WorkflowSql.SelectStart))
        {
            if (!start.Bind(key, from).Read())
            {
                throw new InstanceConflictException(key, StoreMessages.CannotRestart(from.Name));
            }

            (order, started) = (start.Long(0), start.Long(1));
        }

        foreach (var sql in new[] { WorkflowSql.DeleteChunksFrom, WorkflowSql.DeleteJournalFrom })
        {
            using var statement = connection.Use(sql);
            statement.Bind(key).Bind(4, order).Bind(5, started).Run();
        }
    }

    private static bool ChangeStatus(
        SqliteConnection connection,
        InstanceKey key,
        InstanceStatus status,
        DateTimeOffset at
    )
    {
        using var statement = connection.Use(WorkflowSql.ChangeStatus);
        statement.Bind(key).Bind(4, status.Value).Run();
        return Log(connection, key, status, at);
    }

    private static bool Log(SqliteConnection connection, InstanceKey key, InstanceStatus status, DateTimeOffset at)
    {
        WorkflowLogRows.Append(connection, key, StatusChange.Entry(status, at));
        return true;
    }

    private static int Run(SqliteConnection connection, string sql, InstanceKey key)
    {
        using var statement = connection.Use(sql);
        return statement.Bind(key).Run();
    }
}
