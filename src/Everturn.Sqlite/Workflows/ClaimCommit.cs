using Everturn.Sqlite.Engine;
using Everturn.Storage;
using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Sqlite.Workflows;

/// <summary>Takes instances that are due, the earliest first, as far as the limits of their workflows go.</summary>
internal sealed class ClaimCommit(ClaimRequest request, PayloadStore payloads)
    : CommitItem<IReadOnlyList<InstanceRecord>>(CommitKind.InstanceClaim)
{
    /// <summary>How many more instances of a workflow may be owned.</summary>
    public static int Room(SqliteConnection connection, ClaimableWorkflow workflow)
    {
        if (workflow.Limit is not { } limit)
        {
            return int.MaxValue;
        }

        using var statement = connection.Use(WorkflowSql.CountOwned);
        return statement.Bind(1, workflow.Name).Read() ? limit - statement.Int(0) : limit;
    }

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

    private List<InstanceRecord> Due(SqliteConnection connection, ClaimableWorkflow workflow)
    {
        var due = new List<InstanceRecord>();
        using var statement = connection.Use(WorkflowSql.SelectDue);
        statement
            .Bind(1, workflow.Name)
            .Bind(2, WorkflowRows.Milliseconds(request.Now))
            .Bind(3, Math.Max(0, Math.Min(request.Limit, Room(connection, workflow))))
            .Bind(4, workflow.MaxVersion);
        while (statement.Read())
        {
            due.Add(WorkflowRows.Listed(statement, payloads));
        }

        return due;
    }

    private InstanceRecord Claim(SqliteConnection connection, InstanceRecord record)
    {
        using var statement = connection.Use(WorkflowSql.Claim);
        statement
            .Bind(record.Key)
            .Bind(4, request.Node.NodeId)
            .Bind(5, request.Node.Epoch)
            .Bind(6, WorkflowRows.Milliseconds(request.Now))
            .Run();
        return record with
        {
            Status = InstanceStatus.Running,
            StartedAt = record.StartedAt ?? request.Now,
            WakeAt = null,
            Owner = request.Node,
            OwnerEpoch = record.OwnerEpoch + 1,
            ClaimCount = record.ClaimCount + 1,
        };
    }
}
