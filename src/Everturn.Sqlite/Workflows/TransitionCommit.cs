using Everturn.Sqlite.Engine;
using Everturn.Storage;
using Everturn.Workflows.Storage;

namespace Everturn.Sqlite.Workflows;

/// <summary>A transition of an instance by its owner.</summary>
/// <param name="commit">The transition.</param>
/// <param name="values">The values of its records as they go into their rows, in the same order; null while pending.</param>
/// <param name="result">The output as it goes into the row.</param>
internal sealed class TransitionCommit(InstanceCommit commit, byte[]?[] values, byte[]? result)
    : CommitItem<bool>(KindOf(commit))
{
    public override int EstimatedBytes => 256 + (result?.Length ?? 0) + values.Sum(value => 256 + (value?.Length ?? 0));

    protected override bool Apply(SqliteConnection connection)
    {
        var claims = CheckFence(connection);
        for (var i = 0; i < values.Length; i++)
        {
            WriteRecord(connection, commit.Records[i], values[i]);
        }

        foreach (var sequence in commit.ConsumedEvents)
        {
            using var statement = connection.Use(WorkflowSql.DeleteEvent);
            statement.Bind(commit.Key).Bind(4, sequence).Run();
        }

        WriteInstance(connection, claims);
        return true;
    }

    private static CommitKind KindOf(InstanceCommit commit) =>
        commit.Status is { IsTerminal: true } ? CommitKind.InstanceEnd
        : commit.Release ? CommitKind.InstanceWait
        : CommitKind.JournalAppend;

    private long CheckFence(SqliteConnection connection)
    {
        var node = commit.Fence.Node;
        FenceCheck.Require(connection, node);
        using var statement = connection.Use(WorkflowSql.SelectFence);
        return
            statement.Bind(commit.Key).Read()
            && statement.TextOrNull(0) == node.NodeId
            && statement.Long(1) == node.Epoch
            && statement.Long(2) == commit.Fence.OwnerEpoch
            ? statement.Long(3)
            : throw new OwnershipLostException($"instance {commit.Key}");
    }

    private void WriteRecord(SqliteConnection connection, JournalRecord record, byte[]? value)
    {
        using var statement = connection.Use(WorkflowSql.UpsertRecord);
        statement
            .Bind(commit.Key)
            .Bind(4, record.Key.Kind.Value)
            .Bind(5, record.Key.Name)
            .Bind(6, record.Key.Ordinal)
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
            .Run();
    }

    private void WriteInstance(SqliteConnection connection, long claims)
    {
        if (commit.Status is { IsTerminal: true } ended)
        {
            End(connection, ended.Value);
        }
        else if (commit.Release)
        {
            Release(connection);
        }
        else if (commit.Status is { } status)
        {
            using var statement = connection.Use(WorkflowSql.SetStatus);
            statement.Bind(commit.Key).Bind(4, status.Value).Run();
        }
        else if (claims != 0)
        {
            using var statement = connection.Use(WorkflowSql.Progress);
            statement.Bind(commit.Key).Run();
        }
    }

    private void End(SqliteConnection connection, string status)
    {
        using var events = connection.Use(WorkflowSql.DeleteEvents);
        events.Bind(commit.Key).Run();
        using var statement = connection.Use(WorkflowSql.End);
        statement
            .Bind(commit.Key)
            .Bind(4, status)
            .Bind(5, WorkflowRows.Milliseconds(commit.EndedAt))
            .Bind(6, result)
            .Bind(7, commit.Error?.Name)
            .Bind(8, commit.Error?.Message)
            .Run();
    }

    private void Release(SqliteConnection connection)
    {
        var wake = WorkflowRows.Milliseconds(commit.WakeAt);
        using var unseen = connection.Use(WorkflowSql.SelectUnseen);
        if (unseen.Bind(commit.Key).Bind(4, commit.SeenEvents).Read())
        {
            wake = Math.Min(wake ?? long.MaxValue, unseen.Long(0));
        }

        using var statement = connection.Use(WorkflowSql.Release);
        statement.Bind(commit.Key).Bind(4, commit.Status?.Value).Bind(5, wake).Run();
    }
}
