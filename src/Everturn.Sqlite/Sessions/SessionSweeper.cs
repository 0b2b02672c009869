using Everturn.Sessions;
using Everturn.Sqlite.Engine;
using Everturn.Storage;

namespace Everturn.Sqlite.Sessions;

/// <summary>Removes what has expired: rows first, then blobs that no row names any more.</summary>
/// <param name="content">Where content is.</param>
/// <param name="listeners">Hear of deleted sessions.</param>
internal sealed class SessionSweeper(SessionContent content, SessionListeners listeners)
{
    /// <summary>A blob younger than this may belong to a commit that is under way.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    private int _lookedForOrphans;

    public async ValueTask<int> SweepAsync(SweepRequest request, CancellationToken cancellationToken)
    {
        var committer = content.Storage.Committer;
        var rows = await committer
            .CommitAsync(new SweepItem(request, listeners), cancellationToken)
            .ConfigureAwait(false);
        if (Interlocked.Exchange(ref _lookedForOrphans, 1) == 0)
            await ReleaseOrphansAsync(cancellationToken).ConfigureAwait(false);
        return rows + await DeleteBlobsAsync(request.Limit - rows, cancellationToken).ConfigureAwait(false);
    }

    // A process that was killed between a blob and its commit leaves a file behind. Once in a process is enough.
    private async ValueTask ReleaseOrphansAsync(CancellationToken cancellationToken)
    {
        content.Blobs.DeleteAbandoned(Grace);
        foreach (var hashes in content.Blobs.Hashes().Chunk(1_000))
        {
            var orphans = content.Storage.Reads.Read(
                hashes,
                static (connection, hashes) => hashes.Where(hash => !IsOwned(connection, hash)).ToList()
            );
            if (orphans.Count > 0)
            {
                await content
                    .Storage.Committer.CommitAsync(
                        CommitKind.Sweep,
                        connection => Release(connection, orphans),
                        cancellationToken
                    )
                    .ConfigureAwait(false);
            }
        }
    }

    // Only blobs whose release is durable are looked at: a file cannot be brought back when a transaction is. One that
    // was put again since is younger than the grace, and one that is owned again by now has its owner's row.
    private async ValueTask<int> DeleteBlobsAsync(int limit, CancellationToken cancellationToken)
    {
        var released = content.Storage.Reads.Read(
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
        );
        return released.Count == 0
            ? 0
            : await content
                .Storage.Committer.CommitAsync(
                    CommitKind.Sweep,
                    connection => released.Count(hash => Delete(connection, hash)),
                    cancellationToken
                )
                .ConfigureAwait(false);
    }

    private bool Delete(SqliteConnection connection, byte[] hash)
    {
        var isOwned = IsOwned(connection, hash);
        if (!isOwned && !content.Blobs.Delete(hash, Grace))
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
