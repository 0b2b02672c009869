using Everturn.Sessions;
using Everturn.Sessions.Storage;
using Everturn.Sqlite.Sessions;

namespace Everturn.Sqlite;

/// <content>Messages that wait for the run in their way.</content>
public sealed partial class SqliteSessionStore
{
    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<QueuedRun>> GetQueueAsync(
        SessionKey key,
        CancellationToken cancellationToken = default
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        var queue = await _file
            .ReadAsync(key, static (connection, key) => QueueColumns.ReadEncoded(connection, key))
            .ConfigureAwait(false);
        return [.. queue.Select(entry => QueuedRunJson.Decode(entry.Queued, Payloads.LoadOrEmpty(entry.Content)))];
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<SessionRecord>> ListQueuedSessionsAsync(
        SessionKey? after,
        int limit,
        CancellationToken cancellationToken = default
    )
    {
        ReadArguments.CheckLimit(limit);
        cancellationToken.ThrowIfCancellationRequested();
        return _file.ReadAsync<(SessionKey? After, int Limit), IReadOnlyList<SessionRecord>>(
            (after, limit),
            static (connection, asked) =>
            {
                List<SessionRecord> sessions = [];
                using var rows = connection.Use(SessionSql.ListQueuedSessions);
                rows.Bind(1, asked.After?.Tenant ?? "").Bind(2, asked.After?.SessionId ?? "").Bind(3, asked.Limit);
                while (rows.Read())
                    sessions.Add(SessionColumns.Read(rows));
                return sessions;
            }
        );
    }
}
