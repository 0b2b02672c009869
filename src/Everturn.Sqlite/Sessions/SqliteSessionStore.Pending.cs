using Everturn.Approvals;
using Everturn.Sessions;
using Everturn.Sqlite.Engine;
using Everturn.Sqlite.Sessions;

namespace Everturn.Sqlite;

/// <content>What suspended runs wait for.</content>
public sealed partial class SqliteSessionStore
{
    /// <inheritdoc />
    public ValueTask<SuspensionRecord?> GetSuspensionAsync(
        SessionKey key,
        string runId,
        CancellationToken cancellationToken = default
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _file.ReadAsync(
            (key, runId),
            static (connection, run) =>
            {
                using var row = connection.Use(SessionSql.GetSuspension).Of(run.key);
                return row.Bind(3, run.runId).Read() ? PendingColumns.ReadSuspension(row) : null;
            }
        );
    }

    /// <inheritdoc />
    public async ValueTask<PendingCallRecord?> GetPendingCallAsync(
        SessionKey key,
        string approvalId,
        CancellationToken cancellationToken = default
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        var call = await _file
            .ReadAsync(
                (key, approvalId),
                static (connection, asked) =>
                {
                    using var row = connection.Use(SessionSql.GetPendingCall).Of(asked.key);
                    return row.Bind(3, asked.approvalId).Read() ? PendingColumns.ReadCall(row) : null;
                }
            )
            .ConfigureAwait(false);
        return call?.Load(Payloads);
    }

    /// <inheritdoc />
    public async ValueTask<PendingCallRecord?> FindPendingCallAsync(
        string tenant,
        string approvalId,
        CancellationToken cancellationToken = default
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        var call = await _file
            .ReadAsync(
                (tenant, approvalId),
                static (connection, asked) =>
                {
                    using var row = connection.Use(SessionSql.FindPendingCall).Bind(1, asked.tenant);
                    return row.Bind(2, asked.approvalId).Read() ? PendingColumns.ReadCall(row) : null;
                }
            )
            .ConfigureAwait(false);
        return call?.Load(Payloads);
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<PendingCallRecord>> GetPendingCallsAsync(
        SessionKey key,
        string runId,
        CancellationToken cancellationToken = default
    ) =>
        PendingCalls(
            (key, runId),
            static (connection, run) => connection.Use(SessionSql.GetPendingCallsOfRun).Of(run.key).Bind(3, run.runId),
            cancellationToken
        );

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<PendingCallRecord>> GetPendingCallsOfToolCallAsync(
        SessionKey key,
        string toolCallId,
        CancellationToken cancellationToken = default
    ) =>
        PendingCalls(
            (key, toolCallId),
            static (connection, call) =>
                connection.Use(SessionSql.GetPendingCallsOfToolCall).Of(call.key).Bind(3, call.toolCallId),
            cancellationToken
        );

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<PendingCallRecord>> ListGrantsAsync(
        SessionKey key,
        DateTimeOffset at,
        CancellationToken cancellationToken = default
    ) =>
        PendingCalls(
            (key, at),
            static (connection, asked) => connection.Use(SessionSql.ListGrants).Of(asked.key).Bind(3, asked.at),
            cancellationToken
        );

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<PendingCallRecord>> ListExpiredCallsAsync(
        DateTimeOffset at,
        int limit,
        CancellationToken cancellationToken = default
    ) =>
        PendingCalls(
            (at, limit),
            static (connection, asked) =>
                connection.Use(SessionSql.ListExpiredCalls).Bind(1, asked.at).Bind(2, asked.limit),
            cancellationToken
        );

    /// <inheritdoc />
    public async ValueTask<Page<PendingCallRecord>> ListPendingCallsAsync(
        PendingCallQuery query,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(query);
        query.Page.Check();
        var after = PageCursor.Parse(query.Page.Cursor);
        cancellationToken.ThrowIfCancellationRequested();
        var calls = await _file
            .ReadAsync(
                (query, after),
                static (connection, asked) =>
                {
                    using var rows = SelectPending(connection, asked.query, asked.after);
                    return Page(
                        rows,
                        asked.query.Page.Limit,
                        PendingColumns.ReadCall,
                        static stored => PendingCallPages.CursorOf(stored.Call)
                    );
                }
            )
            .ConfigureAwait(false);
        return new Page<PendingCallRecord>([.. calls.Items.Select(call => call.Load(Payloads))], calls.NextCursor);
    }

    private async ValueTask<IReadOnlyList<PendingCallRecord>> PendingCalls<TAsked>(
        TAsked asked,
        Func<SqliteConnection, TAsked, Statement> select,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        var calls = await _file
            .ReadAsync(
                (asked, select),
                static (connection, what) =>
                {
                    List<StoredPendingCall> calls = [];
                    using var rows = what.select(connection, what.asked);
                    while (rows.Read())
                        calls.Add(PendingColumns.ReadCall(rows));
                    return calls;
                }
            )
            .ConfigureAwait(false);
        return calls.ConvertAll(call => call.Load(Payloads));
    }

    private static Statement SelectPending(SqliteConnection connection, PendingCallQuery query, PageCursor? after)
    {
        var rows = connection.Use(SessionSql.ListPendingCalls);
        // The cursor's id holds all that orders calls of one millisecond.
        var place = after?.Id.Split('\n', 2) is [var session, var approval] ? (session, approval) : default;
        return rows.Bind(1, query.Tenant)
            .Bind(2, query.Status.Value)
            .Bind(3, after?.CreatedAt ?? long.MinValue)
            .Bind(4, place.session ?? "")
            .Bind(5, place.approval ?? "")
            .Bind(6, query.Page.Limit + 1L)
            .Bind(7, query.AgentType)
            .Bind(8, query.UserId)
            .Bind(9, query.SessionId)
            .Bind(10, query.Workflow);
    }
}
