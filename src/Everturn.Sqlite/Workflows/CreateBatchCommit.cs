using Everturn.Sqlite.Engine;
using Everturn.Storage;
using Everturn.Workflows.Storage;

namespace Everturn.Sqlite.Workflows;

/// <summary>Creates instances, leaving out those that exist.</summary>
/// <param name="instances">The instances.</param>
/// <param name="storedParams">Their parameters as they go into their rows, in the same order.</param>
/// <param name="blobs">Where large parameters are.</param>
internal sealed class CreateBatchCommit(
    IReadOnlyList<NewInstance> instances,
    byte[][] storedParams,
    BlobDirectory blobs
) : CommitItem<IReadOnlyList<InstanceRecord>>(CommitKind.InstanceCreate)
{
    public override int EstimatedBytes => storedParams.Sum(stored => 512 + stored.Length);

    protected override IReadOnlyList<InstanceRecord> Apply(SqliteConnection connection) =>
        [
            .. instances
                .Zip(storedParams, (instance, stored) => WorkflowRows.TryInsert(connection, instance, stored, blobs))
                .OfType<InstanceRecord>(),
        ];
}
