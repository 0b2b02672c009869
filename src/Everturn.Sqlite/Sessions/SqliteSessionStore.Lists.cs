using System.Text;
using Everturn.Sessions;
using Everturn.Sessions.Storage;
using Everturn.Sqlite.Engine;
using Everturn.Sqlite.Sessions;
using Everturn.Storage;
using Everturn.Usage;

namespace Everturn.Sqlite;

/// <content>Lists that are read page by page.</content>
public sealed partial class SqliteSessionStore
{
    /// <inheritdoc />
    public ValueTask<Page<SessionRecord>> ListSessionsAsync(
        SessionQuery query,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(query);
        query.Page.Check();
        var after = PageCursor.Parse(query.Page.Cursor) ?? new PageCursor(long.MaxValue, "");
        cancellationToken.ThrowIfCancellationRequested();
        return _file.ReadAsync(
            (query, after),
            static (connection, asked) =>
            {
                using var rows = SelectSessions(connection, asked.query, asked.after);
                return Page(
                    rows,
                    asked.query.Page.Limit,
                    SessionColumns.Read,
                    static session => new(session.CreatedAt.ToUnixTimeMilliseconds(), session.Key.SessionId)
                );
            }
        );
    }

    /// <inheritdoc />
    public async ValueTask<Page<RunRecord>> ListRunsAsync(
        SessionKey key,
        PageRequest page,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(page);
        page.Check();
        var after = PageCursor.Parse(page.Cursor) ?? default;
        cancellationToken.ThrowIfCancellationRequested();
        var places = await _file
            .ReadSnapshotAsync(
                (key, after.CreatedAt, page.Limit),
                static (connection, asked) => ReadRuns(connection, asked.key, asked.CreatedAt, asked.Limit + 1)
            )
            .ConfigureAwait(false);
        var items = places.Take(page.Limit).ToList();
        var next = places.Count > page.Limit ? new PageCursor(items[^1].Place, "").ToString() : null;
        return new Page<RunRecord>([.. items.Select(entry => entry.Run.Load(Payloads))], next);
    }

    private static List<(long Place, StoredRun Run)> ReadRuns(
        SqliteConnection connection,
        SessionKey key,
        long after,
        int limit
    )
    {
        List<(long Place, StoredRun Run)> places = [];
        using (var rows = connection.Use(SessionSql.ListRuns).Of(key))
        {
            rows.Bind(3, after).Bind(4, limit);
            while (rows.Read())
            {
                var run = RunColumns.Read(rows)!;
                places.Add((run.Run.Ordinal, run));
            }
        }
        if (places.Count == limit)
            return places;
        var queue = QueueColumns.ReadQueue(connection, key);
        for (var i = (int)Math.Max(QueueOrder.IndexAfter(after), 0); i < queue.Count && places.Count < limit; i++)
            places.Add((QueueOrder.Place(i), new(queue[i].ToRun(), null, null)));
        return places;
    }

    /// <inheritdoc />
    public async ValueTask<Page<RunRecord>> ListRunningAsync(
        string runtime,
        NodeIdentity? owner,
        PageRequest page,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(page);
        page.Check();
        var after = PageCursor.Parse(page.Cursor);
        cancellationToken.ThrowIfCancellationRequested();
        var runs = await _file
            .ReadAsync(
                (runtime, owner, after, page.Limit),
                static (connection, asked) =>
                {
                    using var rows = SelectRunning(
                        connection,
                        asked.runtime,
                        asked.owner,
                        asked.after,
                        asked.Limit + 1L
                    );
                    return Page(rows, asked.Limit, static row => RunColumns.Read(row)!, CursorOfRunning);
                }
            )
            .ConfigureAwait(false);
        return LoadRuns(runs);
    }

    /// <inheritdoc />
    public async ValueTask<Page<VoidedMessage>> ListVoidedMessagesAsync(
        SessionKey key,
        PageRequest page,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(page);
        page.Check();
        var after = PageCursor.Parse(page.Cursor) ?? default;
        cancellationToken.ThrowIfCancellationRequested();
        var messages = await _file
            .ReadAsync(
                (key, after, page.Limit),
                static (connection, asked) =>
                {
                    using var rows = connection.Use(SessionSql.ListVoidedMessages).Of(asked.key);
                    rows.Bind(3, asked.after.CreatedAt).Bind(4, asked.Limit + 1L);
                    return Page(rows, asked.Limit, ReadVoided, static message => new(message.Number, ""));
                }
            )
            .ConfigureAwait(false);
        return new Page<VoidedMessage>(
            [.. messages.Items.Select(message => message.Load(Payloads))],
            messages.NextCursor
        );
    }

    /// <inheritdoc />
    public async ValueTask<Page<CheckpointRecord>> ListCheckpointsAsync(
        SessionKey key,
        PageRequest page,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(page);
        page.Check();
        var after = PageCursor.Parse(page.Cursor) ?? new PageCursor(long.MaxValue, "");
        cancellationToken.ThrowIfCancellationRequested();
        var checkpoints = await _file
            .ReadAsync(
                (key, after, page.Limit),
                static (connection, asked) =>
                {
                    using var rows = connection.Use(SessionSql.ListCheckpoints).Of(asked.key);
                    rows.Bind(3, asked.after.CreatedAt).Bind(4, asked.Limit + 1L);
                    return Page(
                        rows,
                        asked.Limit,
                        CheckpointColumns.Read,
                        static checkpoint => new(checkpoint.Number, "")
                    );
                }
            )
            .ConfigureAwait(false);
        return new Page<CheckpointRecord>(
            [.. checkpoints.Items.Select(checkpoint => checkpoint.Load(Payloads))],
            checkpoints.NextCursor
        );
    }

    /// <inheritdoc />
    public async ValueTask<Page<UsageEntry>> GetEntriesAsync(
        SessionKey key,
        PageRequest page,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(page);
        page.Check();
        var after = PageCursor.Parse(page.Cursor) ?? default;
        cancellationToken.ThrowIfCancellationRequested();
        var entries = await _file
            .ReadAsync(
                (key, after, page.Limit),
                static (connection, asked) =>
                {
                    using var rows = connection.Use(SessionSql.ListUsage).Of(asked.key);
                    rows.Bind(3, asked.after.CreatedAt).Bind(4, asked.Limit + 1L);
                    return Page(
                        rows,
                        asked.Limit,
                        static row => (Number: UsageColumns.Number(row), Entry: UsageColumns.Read(row)),
                        static entry => new(entry.Number, "")
                    );
                }
            )
            .ConfigureAwait(false);
        return new Page<UsageEntry>([.. entries.Items.Select(entry => entry.Entry)], entries.NextCursor);
    }

    /// <inheritdoc />
    public ValueTask<UsageRollup> GetRollupAsync(SessionKey key, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _file.ReadSnapshotAsync(
            key,
            static (connection, key) => UsageColumns.ReadRollup(connection, key, runId: null)
        );
    }

    /// <inheritdoc />
    public ValueTask<UsageRollup> GetRollupAsync(
        SessionKey key,
        string runId,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(runId);
        cancellationToken.ThrowIfCancellationRequested();
        return _file.ReadSnapshotAsync(
            (key, runId),
            static (connection, asked) => UsageColumns.ReadRollup(connection, asked.key, asked.runId)
        );
    }

    private static StoredVoidedMessage ReadVoided(Statement row) =>
        new(
            row.Long(3),
            new StoredMessage(row.TextOrNull(0), row.Time(1), row.Bytes(2)),
            row.Int(4),
            row.Text(5),
            row.Time(6)
        );

    private static Statement SelectSessions(SqliteConnection connection, SessionQuery query, PageCursor after)
    {
        var byTag = query.Tag is not null;
        var sql = new StringBuilder(byTag ? SessionSql.ListSessionsByTag : SessionSql.ListSessions);
        if (query.AgentType is not null)
            sql.Append(SessionSql.WithAgent);
        if (query.UserId is not null)
            sql.Append(SessionSql.WithUser);
        if (query.Status is not null)
            sql.Append(SessionSql.WithStatus);
        if (query.Text is not null)
            sql.Append(SessionSql.WithText);
        sql.Append(byTag ? SessionSql.NewestFirstByTag : SessionSql.NewestFirst);
        var statement = connection
            .Prepare(sql.ToString())
            .Bind(1, query.Tenant)
            .Bind(2, after.CreatedAt)
            .Bind(3, after.Id)
            .Bind(4, query.Page.Limit + 1L);
        if (byTag)
            statement.Bind(5, query.Tag);
        if (query.AgentType is not null)
            statement.Bind(6, query.AgentType);
        if (query.UserId is not null)
            statement.Bind(7, query.UserId);
        if (query.Status is { } status)
            statement.Bind(8, status.Value);
        if (query.Text is not null)
            statement.Bind(9, query.Text);
        return statement;
    }

    private static Statement SelectRunning(
        SqliteConnection connection,
        string runtime,
        NodeIdentity? owner,
        PageCursor? after,
        long limit
    )
    {
        var rows = connection.Use(owner is null ? SessionSql.ListRunning : SessionSql.ListRunningOfOwner);
        // The cursor's id holds all that orders runs of one millisecond.
        var place = after?.Id.Split('\n', 3) is [var run, var tenant, var session] ? (run, tenant, session) : default;
        rows.Bind(1, runtime)
            .Bind(2, after?.CreatedAt ?? long.MinValue)
            .Bind(3, place.run ?? "")
            .Bind(4, place.tenant ?? "")
            .Bind(5, place.session ?? "")
            .Bind(6, limit);
        return owner is { } node ? rows.Bind(7, node.NodeId).Bind(8, node.Epoch) : rows;
    }

    private static PageCursor CursorOfRunning(StoredRun stored) =>
        new(
            stored.Run.CreatedAt.ToUnixTimeMilliseconds(),
            $"{stored.Run.RunId}\n{stored.Run.Session.Tenant}\n{stored.Run.Session.SessionId}"
        );

    // One row more than the page is read, to know whether there is a next page.
    private static Page<T> Page<T>(Statement rows, int limit, Func<Statement, T> read, Func<T, PageCursor> cursorOf)
    {
        List<T> items = [];
        while (rows.Read())
        {
            if (items.Count == limit)
                return new Page<T>(items, cursorOf(items[^1]).ToString());
            items.Add(read(rows));
        }
        return new Page<T>(items, null);
    }

    private Page<RunRecord> LoadRuns(Page<StoredRun> page) =>
        new([.. page.Items.Select(run => run.Load(Payloads))], page.NextCursor);
}
