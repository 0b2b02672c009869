using Everturn.Sqlite.Engine;
using Everturn.Storage;
using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Sqlite.Workflows;

/// <content>Reads.</content>
internal sealed partial class SqliteWorkflowStore
{
    public ValueTask<InstanceRecord?> FindAsync(InstanceKey key, CancellationToken cancellationToken = default) =>
        new(Reads.Read(connection => Find(connection, key)));

    public ValueTask<InstanceHistory?> ReadAsync(InstanceKey key, CancellationToken cancellationToken = default) =>
        new(
            Reads.ReadSnapshot(connection =>
                Find(connection, key) is { } record
                    ? new InstanceHistory(
                        record,
                        Rows(connection, WorkflowSql.SelectJournal, key, WorkflowRows.Record),
                        Rows(connection, WorkflowSql.SelectEvents, key, WorkflowRows.Event)
                    )
                    : null
            )
        );

    public ValueTask<JournalRecord?> FindRecordAsync(
        InstanceKey key,
        JournalKey step,
        CancellationToken cancellationToken = default
    ) =>
        new(
            Reads.Read(connection =>
            {
                using var statement = connection.Use(WorkflowSql.SelectRecord);
                return statement.Bind(key, step).Read() ? WorkflowRows.Record(statement, Payloads) : null;
            })
        );

    public ValueTask<Payload?> ReadChunkAsync(
        InstanceKey key,
        JournalKey step,
        int attempt,
        int index,
        CancellationToken cancellationToken = default
    ) =>
        new(
            Reads.Read(connection =>
            {
                using var statement = connection.Use(WorkflowSql.SelectChunk);
                return statement.Bind(key, step).Bind(7, attempt).Bind(8, index).Read()
                    ? WorkflowRows.Content(statement.Bytes(0), Payloads)
                    : (Payload?)null;
            })
        );

    public ValueTask<IReadOnlyList<StoredLogEntry>> ReadLogAsync(
        InstanceKey key,
        long after,
        int limit,
        CancellationToken cancellationToken = default
    ) => new(Reads.Read(connection => Log(connection, key, after, limit)));

    public ValueTask<IReadOnlyDictionary<InstanceStatus, long>> CountAsync(
        string tenant,
        string workflow,
        CancellationToken cancellationToken = default
    ) =>
        new(
            Reads.Read<IReadOnlyDictionary<InstanceStatus, long>>(connection =>
            {
                var counts = new Dictionary<InstanceStatus, long>();
                using var statement = connection.Use(WorkflowSql.CountByStatus);
                statement.Bind(1, tenant).Bind(2, workflow);
                while (statement.Read())
                {
                    counts[new(statement.Text(0))] = statement.Long(1);
                }

                return counts;
            })
        );

    public ValueTask<IReadOnlyList<OwnedInstance>> ReadOwnedAsync(
        NodeIdentity node,
        CancellationToken cancellationToken = default
    ) =>
        new(
            Reads.Read(connection =>
            {
                var owned = new List<OwnedInstance>();
                using var statement = connection.Use(WorkflowSql.SelectOwned);
                statement.Bind(1, node.NodeId).Bind(2, node.Epoch);
                while (statement.Read())
                {
                    owned.Add(
                        new(
                            WorkflowRows.Key(statement),
                            statement.Long(3),
                            statement.Long(4),
                            new(statement.Text(5)),
                            statement.Bool(6)
                        )
                    );
                }

                return owned;
            })
        );

    public ValueTask<IReadOnlyList<InstanceRecord>> ListAsync(
        InstanceQuery query,
        CancellationToken cancellationToken = default
    ) => new(Reads.Read(connection => List(connection, query)));

    public ValueTask<DateTimeOffset?> NextDueAsync(
        IReadOnlyCollection<ClaimableWorkflow> workflows,
        CancellationToken cancellationToken = default
    ) => new(Reads.Read(connection => WorkflowRows.Time(workflows.Min(workflow => NextDue(connection, workflow)))));

    public ValueTask<DateTimeOffset?> LastFiringAsync(
        string workflow,
        string cron,
        CancellationToken cancellationToken = default
    ) =>
        new(
            Reads.Read(connection =>
            {
                using var statement = connection.Use(WorkflowSql.SelectFiring);
                return statement.Bind(1, workflow).Bind(2, cron).Read() ? WorkflowRows.Time(statement.Long(0)) : null;
            })
        );

    private static long? NextDue(SqliteConnection connection, ClaimableWorkflow workflow)
    {
        if (ClaimCommit.Room(connection, workflow) <= 0)
        {
            return null;
        }

        using var statement = connection.Use(WorkflowSql.SelectNextDue);
        return statement.Bind(1, workflow.Name).Bind(2, workflow.MaxVersion).Read() ? statement.Long(0) : null;
    }

    private static List<StoredLogEntry> Log(SqliteConnection connection, InstanceKey key, long after, int limit)
    {
        var log = new List<StoredLogEntry>();
        using var statement = connection.Use(WorkflowSql.SelectLog);
        statement.Bind(key).Bind(4, after).Bind(5, limit);
        while (log.Count < limit && statement.Read())
        {
            var number = statement.Long(0);
            foreach (var entry in LogContent.Read(statement.Span(1)))
            {
                if (number > after)
                {
                    log.Add(new(number, entry));
                }

                number++;
            }
        }

        return log;
    }

    private InstanceRecord? Find(SqliteConnection connection, InstanceKey key)
    {
        using var statement = connection.Use(WorkflowSql.SelectInstance);
        return statement.Bind(key).Read() ? WorkflowRows.Instance(statement, Payloads) : null;
    }

    private List<T> Rows<T>(
        SqliteConnection connection,
        string sql,
        InstanceKey key,
        Func<Statement, PayloadStore, T> read
    )
    {
        var rows = new List<T>();
        using var statement = connection.Use(sql);
        statement.Bind(key);
        while (statement.Read())
        {
            rows.Add(read(statement, Payloads));
        }

        return rows;
    }

    private List<InstanceRecord> List(SqliteConnection connection, InstanceQuery query)
    {
        var page = new List<InstanceRecord>();
        using var statement = connection.Use(
            query.After is null ? WorkflowSql.SelectFirstPage : WorkflowSql.SelectPage
        );
        statement
            .Bind(1, query.Tenant)
            .Bind(5, query.Workflow)
            .Bind(6, query.Status?.Value)
            .Bind(7, query.Limit)
            .Bind(8, query.IdPrefix)
            .Bind(9, WorkflowRows.Milliseconds(query.CreatedFrom))
            .Bind(10, WorkflowRows.Milliseconds(query.CreatedBefore));
        if (query.After is { } after)
        {
            statement
                .Bind(2, WorkflowRows.Milliseconds(after.CreatedAt))
                .Bind(3, after.Key.Workflow)
                .Bind(4, after.Key.Id);
        }

        while (statement.Read())
        {
            page.Add(WorkflowRows.Listed(statement, Payloads));
        }

        return page;
    }
}
