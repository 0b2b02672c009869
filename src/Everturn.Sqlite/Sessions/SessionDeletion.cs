using Everturn.Sessions;
using Everturn.Sessions.Storage;
using Everturn.Sqlite.Engine;
using Everturn.Streaming;

namespace Everturn.Sqlite.Sessions;

/// <summary>Deletes sessions and runs, inside a transaction.</summary>
/// <param name="connection">The writer.</param>
internal sealed class SessionDeletion(SqliteConnection connection)
{
    private static readonly string[] TablesOfSession =
    [
        SessionSql.DeleteSession,
        SessionSql.DeleteRuns,
        SessionSql.DeleteMessages,
        SessionSql.DeleteVoidedMessages,
        SessionSql.DeleteToolCalls,
        SessionSql.DeleteState,
        SessionSql.DeleteChunks,
        SessionSql.DeleteUsage,
        SessionSql.DeleteCheckpoints,
        SessionSql.DeleteSuspensions,
        SessionSql.DeletePendingCalls,
        SessionSql.DeleteCommands,
        SessionSql.DeleteQueue,
        SessionSql.ReleaseBlobsOfSession,
        SessionSql.DeleteBlobOwners,
    ];

    private static readonly string[] TablesOfRun =
    [
        SessionSql.DeleteToolCallsOfRun,
        SessionSql.DeleteCheckpointsOfRun,
        SessionSql.DeleteSuspensionOfRun,
        SessionSql.DeletePendingCallsOfRun,
        SessionSql.DeleteCommandsOfRun,
        SessionSql.DeleteRun,
    ];

    /// <summary>Deletes a session, leaving a tombstone.</summary>
    public SessionCommitOutcome Delete(SessionKey key, DateTimeOffset at)
    {
        var (session, run) = Find(key);
        var outcome = SessionDeletionRules.Decide(session, run);
        if (outcome != SessionCommitOutcome.Applied)
            return outcome;
        DeleteInstances(key);
        SessionColumns.RemoveTags(connection, session!);
        foreach (var sql in TablesOfSession)
        {
            using var statement = connection.Use(sql).Of(key);
            statement.Run();
        }
        SessionColumns.Insert(connection, SessionDeletionRules.Tombstone(session!, at), StreamStatus.Ended);
        return outcome;
    }

    /// <summary>Deletes a run that has ended, with what belongs to it alone.</summary>
    /// <param name="run">The run.</param>
    /// <param name="workflow">The workflow that carried it, or null.</param>
    public void Delete(RunRecord run, string? workflow)
    {
        Release(SessionSql.ToolCallContentOfRun, run, columns: 3);
        Release(SessionSql.CheckpointContentOfRun, run, columns: 1);
        Release(SessionSql.PendingContentOfRun, run, columns: 2);
        Release(SessionSql.ContentOfRun, run, columns: 2);
        foreach (var sql in TablesOfRun)
        {
            using var statement = connection.Use(sql).Of(run.Session);
            statement.Bind(3, run.RunId).Run();
        }
        if (workflow is not null)
            OutboxColumns.Insert(connection, SessionDeletionRules.DeleteInstance(run, workflow), default);
    }

    private (SessionRecord? Session, RunRecord? Run) Find(SessionKey key)
    {
        using var row = connection.Use(SessionSql.LoadForCommit).Of(key);
        return row.Read() ? (SessionColumns.Read(row), RunColumns.Read(row, SessionColumns.Count)?.Run) : default;
    }

    private void DeleteInstances(SessionKey key)
    {
        using var runs = connection.Use(SessionSql.RunsWithWorkflow).Of(key);
        while (runs.Read())
        {
            var entry = SessionDeletionRules.DeleteInstance(RunColumns.Read(runs, 1)!.Run, runs.Text(0));
            OutboxColumns.Insert(connection, entry, default);
        }
    }

    private void Release(string sql, RunRecord run, int columns)
    {
        using var rows = connection.Use(sql).Of(run.Session);
        rows.Bind(3, run.RunId);
        BlobRelease.Rows(connection, run.Session, rows, columns);
    }
}
