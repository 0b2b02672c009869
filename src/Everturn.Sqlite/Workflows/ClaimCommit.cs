using Everturn.Sqlite.Engine;
using Everturn.Storage;
using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Sqlite.Workflows;

/// <summary>Takes instances that are due, the earliest first.</summary>
internal sealed class ClaimCommit(ClaimRequest request, PayloadStore payloads)
    : CommitItem<IReadOnlyList<InstanceRecord>>(CommitKind.InstanceClaim)
{
    protected override IReadOnlyList<InstanceRecord> Apply(SqliteConnection connection)
    {
        FenceCheck.Require(connection, request.Node);
        return
        [
            .. request
                .Workflows.SelectMany(workflow => Due(connection, workflow))
                .OrderBy(record => record.WakeAt)
                .Take(request.Limit)
                .Select(record => Claim(connection, record)),
        ];
    }

    private List<InstanceRecord> Due(SqliteConnection connection, string workflow)
    {
        var due = new List<InstanceRecord>();
        using var statement = connection.Use(WorkflowSql.SelectDue);
        statement.Bind(1, workflow).Bind(2, WorkflowRows.Milliseconds(request.Now)).Bind(3, request.Limit);
        while (statement.Read())
        {
            due.Add(WorkflowRows.Instance(statement, payloads));
        }

        return due;
    }

    private InstanceRecord Claim(SqliteConnection connection, InstanceRecord record)
    {
        using var statement = connection.Use(WorkflowSql.Claim);
        statement.Bind(record.Key).Bind(4, request.Node.NodeId).Bind(5, request.Node.Epoch).Run();
        return record with
        {
            Status = InstanceStatus.Running,
            WakeAt = null,
            Owner = request.Node,
            OwnerEpoch = record.OwnerEpoch + 1,
            ClaimCount = record.ClaimCount + 1,
        };
    }
}
