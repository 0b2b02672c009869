using Everturn.Sqlite.Engine;
using Everturn.Storage;
using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Sqlite.Workflows;

/// <summary>A transition of an instance by its owner.</summary>
/// <param name="commit">The transition.</param>
/// <param name="content">Its content as it goes into the rows.</param>
/// <param name="blobs">Where large content is.</param>
internal sealed class TransitionCommit(InstanceCommit commit, TransitionContent content, BlobDirectory blobs)
    : CommitItem<bool>(KindOf(commit))
{
    public override int EstimatedBytes => content.EstimatedBytes;

    public override bool LeavesReadRows => true;

    protected override bool Apply(SqliteConnection connection)
    {
        var before = CheckFence(connection);
        for (var i = 0; i < commit.Records.Count; i++)
        {
            WriteRecord(connection, commit.Records[i], content.Values[i]);
        }

        for (var i = 0; i < commit.Calls.Count; i++)
        {
            WorkflowCallRows.Insert(connection, commit.Calls[i], content.Calls[i], blobs);
        }

        WriteChunks(connection);
        foreach (var sequence in commit.ConsumedEvents)
        {
            using var statement = connection.Use(WorkflowSql.DeleteEvent);
            statement.Bind(commit.Key).Bind(4, sequence).Run();
        }

        var status = WriteInstance(connection, before);
        if (commit.Log is { } log)
        {
            var changed = status != before.Status || commit.Release;
            WorkflowLogRows.Append(
                connection,
                commit.Key,
                changed ? [.. log, StatusChange.Entry(status, commit.EndedAt ?? commit.At, commit.Error)] : log
            );
        }

        return true;
    }

    private static CommitKind KindOf(InstanceCommit commit) =>
        commit.Status is { IsTerminal: true } ? CommitKind.InstanceEnd
        : commit.Release ? CommitKind.InstanceWait
        : CommitKind.JournalAppend;

    private Before CheckFence(SqliteConnection connection)
    {
        var node = commit.Fence.Node;
        FenceCheck.Require(connection, node);
        using var statement = connection.Use(WorkflowSql.SelectFence);
        return
            statement.Bind(commit.Key).Read()
            && statement.TextOrNull(0) == node.NodeId
            && statement.Long(1) == node.Epoch
            && statement.Long(2) == commit.Fence.OwnerEpoch
            ? new Before(statement.Long(3), new(statement.Text(4)), statement.Bool(5), statement.Long(6) > 0)
            : throw new OwnershipLostException($"instance {commit.Key}");
    }

    private void WriteRecord(SqliteConnection connection, JournalRecord record, byte[]? value)
    {
        using var statement = connection.Use(WorkflowSql.UpsertRecord);
        statement
            .Bind(commit.Key, record.Key)
            .Bind(7, (long)record.Outcome)
            .Bind(8, record.Attempt)
            .Bind(9, record.CompletionOrder)
            .Bind(10, value)
            .Bind(11, record.Error?.Name)
            .Bind(12, record.Error?.Message)
            .Bind(13, WorkflowRows.Milliseconds(record.DueAt))
            .Bind(14, record.EventType)
            .Bind(15, WorkflowRows.Milliseconds(record.StartedAt))
            .Bind(16, WorkflowRows.Milliseconds(record.EndedAt))
            .Bind(17, record.Sensitive)
            .Bind(18, record.StartOrder)
            .Bind(19, record.HasRollback)
            .Bind(20, WorkflowJson.Text(record.Config))
            .Run();
        WorkflowBlobs.Own(connection, commit.Key, value, blobs);
    }

    private void WriteChunks(SqliteConnection connection)
    {
        foreach (var step in commit.DropChunks)
        {
            using var drop = connection.Use(WorkflowSql.DropChunks);
            drop.Bind(commit.Key, step).Run();
        }

        for (var i = 0; i < commit.Chunks.Count; i++)
        {
            var chunk = commit.Chunks[i];
            using var statement = connection.Use(WorkflowSql.InsertChunk);
            statement
                .Bind(commit.Key, chunk.Step)
                .Bind(7, chunk.Attempt)
                .Bind(8, chunk.Index)
                .Bind(9, content.Chunks[i])
                .Run();
            WorkflowBlobs.Own(connection, commit.Key, content.Chunks[i], blobs);
        }
    }

    /// <returns>The instance's status afterwards.</returns>
    private InstanceStatus WriteInstance(SqliteConnection connection, Before before)
    {
        if (commit.Status is { IsTerminal: true } ended)
        {
            End(connection, ended.Value, before.HadEvents);
            return ended;
        }

        if (commit.Release)
        {
            return Release(connection, before);
        }

        if (commit.Status is { } status)
        {
            using var statement = connection.Use(WorkflowSql.SetStatus);
            statement.Bind(commit.Key).Bind(4, status.Value).Run();
            return status;
        }

        if (before.Claims != 0 && commit.IsProgress)
        {
            using var statement = connection.Use(WorkflowSql.Progress);
            statement.Bind(commit.Key).Run();
        }

        return before.Status;
    }

    private void End(SqliteConnection connection, string status, bool hadEvents)
    {
        if (hadEvents)
        {
            using var events = connection.Use(WorkflowSql.DeleteEvents);
            events.Bind(commit.Key).Run();
        }

        using var statement = connection.Use(WorkflowSql.End);
        statement
            .Bind(commit.Key)
            .Bind(4, status)
            .Bind(5, WorkflowRows.Milliseconds(commit.EndedAt))
            .Bind(6, content.Result)
            .Bind(7, commit.Error?.Name)
            .Bind(8, commit.Error?.Message)
            .Bind(9, WorkflowRows.Milliseconds(commit.ExpiresAt))
            .Bind(10, WorkflowJson.Text(commit.Rollback))
            .Run();
        WorkflowCallRows.Withdraw(connection, commit.Key, commit.EndedAt ?? commit.At);
        WorkflowBlobs.Own(connection, commit.Key, content.Result, blobs);
        if (commit.Notify is { } notify)
        {
            EventCommit.Notify(connection, notify, content.Notify!, blobs);
        }
    }

    private InstanceStatus Release(SqliteConnection connection, Before before)
    {
        var isPaused =
            before.Status == InstanceStatus.WaitingForPause
            || (commit.Status == InstanceStatus.Paused && commit.Error is not null);
        if (isPaused && !before.IsTerminating)
        {
            using var pause = connection.Use(WorkflowSql.ReleasePaused);
            pause
                .Bind(commit.Key)
                .Bind(4, WorkflowRows.Milliseconds(commit.At))
                .Bind(5, commit.Error?.Name)
                .Bind(6, commit.Error?.Message)
                .Run();
            return InstanceStatus.Paused;
        }

        var status = commit.Status ?? before.Status;
        var wake = WorkflowRows.Milliseconds(commit.WakeAt);
        if (status == InstanceStatus.Paused || before.IsTerminating)
        {
            status = InstanceStatus.Queued;
            wake = WorkflowRows.Milliseconds(commit.At);
        }
        else
        {
            using var unseen = connection.Use(WorkflowSql.SelectUnseen);
            if (unseen.Bind(commit.Key).Bind(4, commit.SeenEvents).Read())
            {
                wake = Math.Min(wake ?? long.MaxValue, unseen.Long(0));
            }
        }

        using var statement = connection.Use(WorkflowSql.Release);
        statement.Bind(commit.Key).Bind(4, status.Value).Bind(5, wake).Run();
        return status;
    }

    private readonly record struct Before(long Claims, InstanceStatus Status, bool IsTerminating, bool HadEvents);
}
