using Everturn.Sqlite.Engine;
using Everturn.Storage;
using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Sqlite.Workflows;

/// <summary>Creates an instance, or finds the one that was created with the same token.</summary>
internal sealed class CreateCommit(
    NewInstance instance,
    byte[] storedParams,
    PayloadStore payloads,
    BlobDirectory blobs
) : CommitItem<CreatedInstance>(CommitKind.InstanceCreate)
{
    public override int EstimatedBytes => 512 + storedParams.Length;

    public override bool LeavesReadRows => true;

    protected override CreatedInstance Apply(SqliteConnection connection)
    {
        if (WorkflowRows.TryInsert(connection, instance, storedParams, blobs) is { } created)
        {
            return new CreatedInstance(created, IsNew: true);
        }

        using var statement = connection.Use(WorkflowSql.SelectInstance);
        statement.Bind(instance.Key).Read();
        var existing = WorkflowRows.Instance(statement, payloads);
        return existing.CreationToken is { } token && token == instance.CreationToken
            ? new CreatedInstance(existing, IsNew: false)
            : throw new InstanceAlreadyExistsException(instance.Key);
    }
}
