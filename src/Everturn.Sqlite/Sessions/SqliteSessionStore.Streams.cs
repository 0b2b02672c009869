using Everturn.Sessions;
using Everturn.Sessions.Storage;
using Everturn.Sqlite.Engine;
using Everturn.Sqlite.Sessions;
using Everturn.Streaming;

namespace Everturn.Sqlite;

/// <content>Streams.</content>
public sealed partial class SqliteSessionStore
{
    /// <inheritdoc />
    public ValueTask<StreamInfo?> GetInfoAsync(SessionKey key, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _file.ReadAsync(key, ReadStreamInfo);
    }

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<StoredChunk>> ReadChunksAsync(
        SessionKey key,
        long afterSequence,
        int limit,
        CancellationToken cancellationToken = default
    )
    {
        ReadArguments.CheckPosition(afterSequence, limit);
        cancellationToken.ThrowIfCancellationRequested();
        var rows = await _file
            .ReadAsync(
                (key, afterSequence, limit),
                static (connection, asked) => ReadChunkRows(connection, asked.key, asked.afterSequence, asked.limit)
            )
            .ConfigureAwait(false);
        return StoredChunkRow.Load(rows, afterSequence, Payloads);
    }

    private static StreamInfo? ReadStreamInfo(SqliteConnection connection, SessionKey key)
    {
        using var row = connection.Use(SessionSql.GetStreamInfo).Of(key);
        return row.Read() ? new StreamInfo(new StreamStatus(row.Text(0)), row.Long(1), row.Long(2)) : null;
    }

    private static List<StoredChunkRow> ReadChunkRows(
        SqliteConnection connection,
        SessionKey key,
        long afterSequence,
        int limit
    )
    {
        List<StoredChunkRow> found = [];
        using var rows = connection.Use(SessionSql.ReadChunks).Of(key);
        rows.Bind(3, afterSequence + 1);
        for (long count = 0; count < limit && rows.Read(); )
        {
            var row = new StoredChunkRow(rows.Long(0), rows.Long(1), rows.Bytes(2));
            count += row.Last - Math.Max(row.First - 1, afterSequence);
            found.Add(row);
        }
        return found;
    }
}
