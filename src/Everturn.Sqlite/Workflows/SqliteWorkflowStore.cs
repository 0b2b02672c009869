using Everturn.Sqlite.Engine;
using Everturn.Storage;
using Everturn.Workflows;
using Everturn.Workflows.Storage;

namespace Everturn.Sqlite.Workflows;

/// <summary>The workflow store of a data directory. Large values go to blobs before the commit that names them.</summary>
internal sealed class SqliteWorkflowStore : IWorkflowStore
{
    private readonly Func<SqliteStorage> _storage;

    /// <param name="database">The data directory; it may be opened later.</param>
    public SqliteWorkflowStore(SqliteDatabase database) => _storage = () => database.Storage;

    /// <param name="storage">An open one.</param>
    public SqliteWorkflowStore(SqliteStorage storage) => _storage = () => storage;

    private GroupCommitter Committer => _storage().Committer;

    private ReadPool Reads => _storage().Reads;

    private PayloadStore Payloads => _storage().Payloads;

    public async ValueTask<CreatedInstance> CreateAsync(
        NewInstance instance,
        CancellationToken cancellationToken = default
    )
    {
        var stored = await StoreAsync(instance.Params).ConfigureAwait(false);
        return await Committer
            .CommitAsync(new CreateCommit(instance, stored, Payloads), cancellationToken)
            .ConfigureAwait(false);
    }

    public ValueTask<IReadOnlyList<InstanceRecord>> ClaimAsync(
        ClaimRequest request,
        CancellationToken cancellationToken = default
    ) => Committer.CommitAsync(new ClaimCommit(request, Payloads), cancellationToken);

    public async ValueTask CommitAsync(InstanceCommit commit, CancellationToken cancellationToken = default)
    {
        var values = new byte[]?[commit.Records.Count];
        for (var i = 0; i < values.Length; i++)
        {
            if (commit.Records[i] is { Outcome: not JournalOutcome.Pending } record)
            {
                values[i] = await StoreAsync(record.Value).ConfigureAwait(false);
            }
        }

        var result = commit.Result is { } payload ? await StoreAsync(payload).ConfigureAwait(false) : null;
        await Committer
            .CommitAsync(new TransitionCommit(commit, values, result), cancellationToken)
            .ConfigureAwait(false);
    }

    public async ValueTask<long> AppendEventAsync(NewEvent newEvent, CancellationToken cancellationToken = default)
    {
        var stored = await StoreAsync(newEvent.Payload).ConfigureAwait(false);
        return await Committer.CommitAsync(new EventCommit(newEvent, stored), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask TerminateAsync(
        InstanceKey key,
        DateTimeOffset at,
        CancellationToken cancellationToken = default
    ) =>
        await Committer
            .CommitAsync(CommitKind.InstanceControl, connection => Terminate(connection, key, at), cancellationToken)
            .ConfigureAwait(false);

    public async ValueTask DeleteAsync(InstanceKey key, CancellationToken cancellationToken = default) =>
        await Committer
            .CommitAsync(CommitKind.InstanceControl, connection => Delete(connection, key), cancellationToken)
            .ConfigureAwait(false);

    public ValueTask<int> ReleaseOrphansAsync(DateTimeOffset now, CancellationToken cancellationToken = default) =>
        Committer.CommitAsync(
            CommitKind.InstanceClaim,
            connection =>
            {
                using var statement = connection.Use(WorkflowSql.ReleaseOrphans);
                return statement.Bind(1, WorkflowRows.Milliseconds(now)).Run();
            },
            cancellationToken
        );

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
                    owned.Add(new(WorkflowRows.Key(statement), statement.Long(3), statement.Long(4)));
                }

                return owned;
            })
        );

    public ValueTask<IReadOnlyList<InstanceRecord>> ListAsync(
        InstanceQuery query,
        CancellationToken cancellationToken = default
    ) => new(Reads.Read(connection => List(connection, query)));

    public ValueTask<DateTimeOffset?> NextDueAsync(
        IReadOnlyCollection<string> workflows,
        CancellationToken cancellationToken = default
    ) => new(Reads.Read(connection => WorkflowRows.Time(workflows.Min(workflow => NextDue(connection, workflow)))));

    private static bool Terminate(SqliteConnection connection, InstanceKey key, DateTimeOffset at)
    {
        using var state = connection.Use(WorkflowSql.SelectState);
        if (!state.Bind(key).Read())
        {
            throw new InstanceNotFoundException(key);
        }

        var status = new InstanceStatus(state.Text(0));
        if (status.IsTerminal)
        {
            throw new InstanceFinishedException(key, status, StoreMessages.CannotTerminate);
        }

        Run(connection, WorkflowSql.DeleteEvents, key);
        using var statement = connection.Use(WorkflowSql.Terminate);
        statement.Bind(key).Bind(4, WorkflowRows.Milliseconds(at)).Run();
        return true;
    }

    private static bool Delete(SqliteConnection connection, InstanceKey key)
    {
        if (Run(connection, WorkflowSql.DeleteInstance, key) == 0)
        {
            throw new InstanceNotFoundException(key);
        }

        Run(connection, WorkflowSql.DeleteJournal, key);
        Run(connection, WorkflowSql.DeleteEvents, key);
        return true;
    }

    private static int Run(SqliteConnection connection, string sql, InstanceKey key)
    {
        using var statement = connection.Use(sql);
        return statement.Bind(key).Run();
    }

    private static long? NextDue(SqliteConnection connection, string workflow)
    {
        using var statement = connection.Use(WorkflowSql.SelectNextDue);
        return statement.Bind(1, workflow).Read() ? statement.Long(0) : null;
    }

    private ValueTask<byte[]> StoreAsync(Payload payload) => Payloads.StoreAsync(payload.Data, payload.Version);

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
        statement.Bind(1, query.Tenant).Bind(5, query.Workflow).Bind(6, query.Status?.Value).Bind(7, query.Limit);
        if (query.After is { } after)
        {
            statement
                .Bind(2, WorkflowRows.Milliseconds(after.CreatedAt))
                .Bind(3, after.Key.Workflow)
                .Bind(4, after.Key.Id);
        }

        while (statement.Read())
        {
            page.Add(WorkflowRows.Instance(statement, Payloads));
        }

        return page;
    }
}
