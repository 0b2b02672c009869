using Everturn.Sqlite.Engine;
using Everturn.Storage;
using Everturn.Workflows.Storage;

namespace Everturn.Sqlite.Workflows;

/// <summary>Notes a firing of a schedule and creates its instance.</summary>
internal sealed class FireCommit(ScheduledInstance firing, byte[]? storedParams, BlobDirectory blobs)
    : CommitItem<InstanceRecord?>(CommitKind.InstanceCreate)
{
    protected override InstanceRecord? Apply(SqliteConnection connection)
    {
        using var note = connection.Use(WorkflowSql.NoteFiring);
        var isNew =
            note.Bind(1, firing.Workflow)
                .Bind(2, firing.Cron)
                .Bind(3, WorkflowRows.Milliseconds(firing.ScheduledTime))
                .Run() > 0;
        return isNew && firing.Instance is { } instance
            ? WorkflowRows.TryInsert(connection, instance, storedParams!, blobs)
            : null;
    }
}
