using Everturn.Approvals;
using Everturn.Sessions;
using Everturn.Sqlite.Engine;
using Everturn.Storage;
using Everturn.Workflows.Storage;

namespace Everturn.Sqlite.Workflows;

/// <content>What instances ask somebody outside for.</content>
internal sealed partial class SqliteWorkflowStore
{
    public ValueTask<PendingCallRecord?> FindCallAsync(
        string tenant,
        string approvalId,
        CancellationToken cancellationToken = default
    ) =>
        new(
            Reads.Read(connection =>
            {
                using var statement = connection.Use(WorkflowSql.FindCall);
                return statement.Bind(1, tenant).Bind(2, approvalId).Read()
                    ? WorkflowCallRows.Read(statement, Payloads)
                    : null;
            })
        );

    public ValueTask<Page<PendingCallRecord>> ListCallsAsync(
        PendingCallQuery query,
        CancellationToken cancellationToken = default
    )
    {
        query.Page.Check();
        var after = PageCursor.Parse(query.Page.Cursor);
        if (query.AgentType is not null || query.SessionId is not null)
        {
            return new(new Page<PendingCallRecord>([], NextCursor: null));
        }

        var calls = Reads.Read(connection =>
        {
            using var statement = connection.Use(WorkflowSql.SelectCalls);
            // The cursor's id holds all that orders calls of one millisecond.
            var place = after?.Id.Split('\n', 2) is [var session, var approval] ? (session, approval) : default;
            statement
                .Bind(1, query.Tenant)
                .Bind(2, query.Status.Value)
                .Bind(3, after?.CreatedAt ?? long.MinValue)
                .Bind(4, place.session ?? "")
                .Bind(5, place.approval ?? "")
                .Bind(6, query.Page.Limit + 1L)
                .Bind(7, query.Workflow)
                .Bind(8, query.UserId);
            return Calls(statement);
        });
        return new(PendingCallPages.Page(calls, after, query.Page.Limit));
    }

    public async ValueTask<bool> DecideCallAsync(
        PendingCallRecord decided,
        NewEvent outcome,
        CancellationToken cancellationToken = default
    )
    {
        var content = await CallContent.StoreAsync(decided, Payloads).ConfigureAwait(false);
        var stored = await StoreAsync(outcome.Payload).ConfigureAwait(false);
        return await Committer
            .CommitAsync(
                CommitKind.PendingAnswer,
                connection =>
                {
                    if (!WorkflowCallRows.Decide(connection, decided, content.Response, Blobs))
                    {
                        return false;
                    }

                    EventCommit.Notify(connection, outcome, stored, Blobs);
                    return true;
                },
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    private List<PendingCallRecord> Calls(Statement statement)
    {
        var calls = new List<PendingCallRecord>();
        while (statement.Read())
        {
            calls.Add(WorkflowCallRows.Read(statement, Payloads));
        }

        return calls;
    }
}
