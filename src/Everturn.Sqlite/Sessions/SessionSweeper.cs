using Everturn.Sessions;
using Everturn.Sqlite.Engine;
using Everturn.Storage;

namespace Everturn.Sqlite.Sessions;

/// <summary>Removes what has expired: rows first, then blobs that no row names any more.</summary>
/// <param name="file">Where the rows are.</param>
/// <param name="listeners">Hear of deleted sessions.</param>
internal sealed class SessionSweeper(ISessionFile file, SessionListeners listeners)
{
    /// <summary>A blob younger than this may belong to a commit that is under way.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    private int _lookedForOrphans;

    public async ValueTask<int> SweepAsync(SweepRequest request, CancellationToken cancellationToken)
    {
        var rows = await file.CommitAsync(new SweepItem(request, listeners), cancellationToken).ConfigureAwait(false);
        if (file.Content.Blobs is not { } blobs)
            return rows;
        if (Interlocked.Exchange(ref _lookedForOrphans, 1) == 0)
            await ReleaseOrphansAsync(blobs, cancellationToken).ConfigureAwait(false);
        return rows + await DeleteBlobsAsync(blobs, request.Limit - rows, cancellationToken).ConfigureAwait(false);
    }

    // A process that was killed between a blob and its commit leaves a file behind. Once in a process is enough.
    private async ValueTask ReleaseOrphansAsync(BlobDirectory blobs, CancellationToken cancellationToken)
    {
        blobs.DeleteAbandoned(Grace);
        foreach (var hashes in blobs.Hashes().Chunk(1_000))
        {
            var orphans = await file.ReadAsync(
                    hashes,
                    static (connection, hashes) => hashes.Where(hash => !IsOwned(connection, hash)).ToList()
                )
                .ConfigureAwait(false);
            if (orphans.Count > 0)
                await CommitAsync(connection => Release(connection, orphans), cancellationToken).ConfigureAwait(false);
        }
    }

    // Only blobs whose release is durable are looked at: a file cannot be brought back when a transaction is. One that
    // was put again since is younger than the grace, and one that is owned again by now has its owner's row.
    private async ValueTask<int> DeleteBlobsAsync(BlobDirectory blobs, int limit, CancellationToken cancellationToken)
    {
        var released = await file.ReadAsync(
                limit,
                static (connection, limit) =>
                {
                    List<byte[]> hashes = [];
                    using var rows = connection.Use(SessionSql.ListReleasedBlobs);
                    rows.Bind(1, limit);
                    while (rows.Read())
                        hashes.Add(rows.Bytes(0));
                    return hashes;
                }
            )
            .ConfigureAwait(false);
        return released.Count == 0
            ? 0
            : await CommitAsync(
                    connection => released.Count(hash => Delete(connection, blobs, hash)),
                    cancellationToken
                )
                .ConfigureAwait(false);
    }

    private ValueTask<int> CommitAsync(Func<SqliteConnection, int> apply, CancellationToken cancellationToken) =>
        file.CommitAsync(new DelegateCommit<int>(CommitKind.Sweep, apply), cancellationToken);

    private static bool Delete(SqliteConnection connection, BlobDirectory blobs, byte[] hash)
    {
        var isOwned = IsOwned(connection, hash);
        if (!isOwned && !blobs.Delete(hash, Grace))
            return false;
        using var forget = connection.Use(SessionSql.ForgetReleasedBlob);
        forget.Bind(1, hash).Run();
        return !isOwned;
    }

    private static int Release(SqliteConnection connection, List<byte[]> hashes)
    {
        using var statement = connection.Use(SessionSql.ReleaseBlob);
        foreach (var hash in hashes)
            statement.Bind(1, hash).RunAndReset();
        return hashes.Count;
    }

    private static bool IsOwned(SqliteConnection connection, byte[] hash)
    {
        using var row = connection.Use(SessionSql.IsBlobOwned);
        return row.Bind(1, hash).Read();
    }
}
