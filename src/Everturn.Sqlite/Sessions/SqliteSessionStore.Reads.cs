using Everturn.Sessions;
using Everturn.Sessions.Storage;
using Everturn.Sqlite.Engine;
using Everturn.Sqlite.Sessions;

namespace Everturn.Sqlite;

/// <content>Reads. Content is decoded after the transaction, so that a blob's file never prolongs it.</content>
public sealed partial class SqliteSessionStore
{
    /// <inheritdoc />
    public ValueTask<SessionRecord?> GetSessionAsync(SessionKey key, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _file.ReadAsync(
            key,
            static (connection, key) =>
            {
                using var row = connection.Use(SessionSql.GetSession).Of(key);
                return row.Read() ? SessionColumns.Read(row) : null;
            }
        );
    }

    /// <inheritdoc />
    public async ValueTask<RunRecord?> GetCurrentRunAsync(SessionKey key, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var run = await _file
            .ReadAsync(
                key,
                static (connection, key) =>
                {
                    using var row = connection.Use(SessionSql.GetCurrentRun).Of(key);
                    return row.Read() ? RunColumns.Read(row) : null;
                }
            )
            .ConfigureAwait(false);
        return run?.Load(Payloads);
    }

    /// <inheritdoc />
    public ValueTask<RunRecord?> GetRunAsync(
        SessionKey key,
        string runId,
        CancellationToken cancellationToken = default
    ) => ReadRun(SessionSql.LoadRunById, SessionSql.LoadQueuedById, key, runId, cancellationToken);

    /// <inheritdoc />
    public ValueTask<RunRecord?> GetRunByRequestAsync(
        SessionKey key,
        string requestId,
        CancellationToken cancellationToken = default
    ) => ReadRun(SessionSql.LoadRunByRequest, SessionSql.LoadQueuedByRequest, key, requestId, cancellationToken);

    /// <inheritdoc />
    public async ValueTask<ReadOnlyMemory<byte>?> GetStartStateAsync(
        SessionKey key,
        string runId,
        CancellationToken cancellationToken = default
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (found, state) = await _file
            .ReadAsync(
                (key, runId),
                static (connection, run) =>
                {
                    using var row = connection.Use(SessionSql.GetStartState).Of(run.key);
                    return row.Bind(3, run.runId).Read() ? (true, row.BytesOrNull(0)) : default;
                }
            )
            .ConfigureAwait(false);
        if (!found)
            return null;
        return state is { Length: > 0 } ? Payloads.LoadOrEmpty(state) : ReadOnlyMemory<byte>.Empty;
    }

    /// <inheritdoc />
    public async ValueTask<MessagePage> GetMessagesAsync(
        SessionKey key,
        int offset,
        int limit,
        CancellationToken cancellationToken = default
    )
    {
        ReadArguments.CheckRange(offset, limit);
        cancellationToken.ThrowIfCancellationRequested();
        var (total, messages) = await _file
            .ReadSnapshotAsync(
                (key, offset, limit),
                static (connection, page) =>
                {
                    using var count = connection.Use(SessionSql.CountMessages).Of(page.key);
                    var total = count.Read() ? count.Int(0) : 0;
                    return (total, ReadMessages(connection, page.key, page.offset, page.limit));
                }
            )
            .ConfigureAwait(false);
        return new MessagePage(Decode(messages), offset, total);
    }

    /// <inheritdoc />
    public async ValueTask<SessionSnapshot?> GetSnapshotAsync(
        SessionKey key,
        int messageLimit,
        CancellationToken cancellationToken = default
    )
    {
        ReadArguments.CheckLimit(messageLimit);
        cancellationToken.ThrowIfCancellationRequested();
        var found = await _file.ReadSnapshotAsync((key, messageLimit), ReadSnapshot).ConfigureAwait(false);
        return found?.Load(Payloads);
    }

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<ToolCallRecord>> GetToolCallsAsync(
        SessionKey key,
        string runId,
        CancellationToken cancellationToken = default
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        var calls = await _file
            .ReadAsync(
                (key, runId),
                static (connection, run) => ReadToolCalls(connection, run.key, run.runId, afterStep: int.MinValue)
            )
            .ConfigureAwait(false);
        return calls.ConvertAll(call => call.Load(Payloads));
    }

    /// <inheritdoc />
    public async ValueTask<CheckpointRecord?> GetCheckpointAsync(
        SessionKey key,
        string checkpointId,
        CancellationToken cancellationToken = default
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        var checkpoint = await _file
            .ReadAsync(
                (key, checkpointId),
                static (connection, id) =>
                {
                    using var row = connection.Use(SessionSql.GetCheckpoint).Of(id.key);
                    return row.Bind(3, id.checkpointId).Read() ? CheckpointColumns.Read(row) : null;
                }
            )
            .ConfigureAwait(false);
        return checkpoint?.Load(Payloads);
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<CommandRecord>> GetCommandsAsync(
        SessionKey key,
        string runId,
        int afterRevision,
        CancellationToken cancellationToken = default
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _file.ReadAsync(
            (key, runId, afterRevision, Payloads),
            static (connection, asked) =>
            {
                using var rows = connection.Use(SessionSql.GetCommands).Of(asked.key);
                rows.Bind(3, asked.runId).Bind(4, asked.afterRevision);
                return CommandColumns.ReadAll(rows, asked.Payloads);
            }
        );
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<CommandRecord>> ListOpenCommandsAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _file.ReadAsync(
            Payloads,
            static (connection, payloads) =>
            {
                using var rows = connection.Use(SessionSql.ListOpenCommands);
                return CommandColumns.ReadAll(rows, payloads);
            }
        );
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<OutboxEntry>> ListOutboxAsync(
        int limit,
        CancellationToken cancellationToken = default
    )
    {
        ReadArguments.CheckLimit(limit);
        cancellationToken.ThrowIfCancellationRequested();
        return _file.ReadAsync(
            (limit, Payloads),
            static (connection, asked) =>
            {
                using var rows = connection.Use(SessionSql.ListOutbox);
                rows.Bind(1, asked.limit);
                return OutboxColumns.ReadAll(rows, asked.Payloads);
            }
        );
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<OutboxEntry>> ListOutboxAsync(
        OutboxKind kind,
        long afterId,
        int limit,
        CancellationToken cancellationToken = default
    )
    {
        ReadArguments.CheckLimit(limit);
        cancellationToken.ThrowIfCancellationRequested();
        return _file.ReadAsync(
            (kind, afterId, limit, Payloads),
            static (connection, asked) =>
            {
                using var rows = connection.Use(SessionSql.ListOutboxOfKind);
                rows.Bind(1, asked.limit).Bind(2, asked.afterId).Bind(3, asked.kind.Value);
                return OutboxColumns.ReadAll(rows, asked.Payloads);
            }
        );
    }

    // As of one moment: one that begins leaves the queue, and would be missed by two looks.
    private async ValueTask<RunRecord?> ReadRun(
        string sql,
        string queueSql,
        SessionKey key,
        string id,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (run, queued) = await _file
            .ReadSnapshotAsync(
                (sql, queueSql, key, id),
                static (connection, asked) =>
                {
                    using (var row = connection.Use(asked.sql).Of(asked.key))
                    {
                        if (row.Bind(3, asked.id).Read())
                            return (RunColumns.Read(row), default(RunRecord));
                    }
                    return (default, QueueColumns.Find(connection, asked.key, asked.queueSql, asked.id));
                }
            )
            .ConfigureAwait(false);
        return run?.Load(Payloads) ?? queued;
    }

    private static StoredSnapshot? ReadSnapshot(SqliteConnection connection, (SessionKey Key, int MessageLimit) asked)
    {
        SessionRecord session;
        StoredRun? run;
        using (var row = connection.Use(SessionSql.GetSessionWithRun).Of(asked.Key))
        {
            if (!row.Read())
                return null;
            session = SessionColumns.Read(row);
            run = RunColumns.Read(row, SessionColumns.Count);
        }
        var offset = Math.Max(session.MessageCount - asked.MessageLimit, 0);
        return new StoredSnapshot(
            session,
            run,
            offset,
            ReadMessages(connection, asked.Key, offset, asked.MessageLimit),
            ReadState(connection, asked.Key),
            run is null ? [] : ReadToolCalls(connection, asked.Key, run.Run.RunId, run.Run.StepCount),
            run is null ? [] : ReadChunkRows(connection, asked.Key, run.FinalSequence, int.MaxValue)
        );
    }

    private static List<StoredMessage> ReadMessages(SqliteConnection connection, SessionKey key, int offset, int limit)
    {
        List<StoredMessage> messages = [];
        using var rows = connection.Use(SessionSql.GetMessages).Of(key);
        rows.Bind(3, offset).Bind(4, limit);
        while (rows.Read())
            messages.Add(new StoredMessage(rows.TextOrNull(0), rows.Time(1), rows.Bytes(2)));
        return messages;
    }

    private static byte[]? ReadState(SqliteConnection connection, SessionKey key)
    {
        using var row = connection.Use(SessionSql.GetState).Of(key);
        return row.Read() ? row.Bytes(0) : null;
    }

    private static List<StoredToolCall> ReadToolCalls(
        SqliteConnection connection,
        SessionKey key,
        string runId,
        int afterStep
    )
    {
        List<StoredToolCall> calls = [];
        using var rows = connection.Use(SessionSql.GetToolCalls).Of(key);
        rows.Bind(3, runId).Bind(4, afterStep);
        while (rows.Read())
            calls.Add(ToolCallColumns.Read(rows));
        return calls;
    }

    private List<AgentMessage> Decode(List<StoredMessage> messages) =>
        messages.ConvertAll(message => message.Load(Payloads));
}
