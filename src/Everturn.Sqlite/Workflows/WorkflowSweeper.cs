using Everturn.Sqlite.Engine;
using Everturn.Storage;
using Everturn.Workflows;

namespace Everturn.Sqlite.Workflows;

/// <summary>Removes instances whose time is over, then the blobs that no instance names any more.</summary>
internal static class WorkflowSweeper
{
    /// <summary>A blob younger than this may belong to a commit that is under way.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    public static async ValueTask<int> SweepAsync(
        SqliteStorage storage,
        DateTimeOffset now,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var removed = await storage
            .Committer.CommitAsync(
                CommitKind.Sweep,
                connection => RemoveExpired(connection, now, limit),
                cancellationToken
            )
            .ConfigureAwait(false);
        // Only blobs whose release is durable are looked at: a file cannot be brought back when a transaction is.
        var released = storage.Reads.Read(connection => Released(connection, limit));
        if (released.Count > 0)
        {
            await storage
                .Committer.CommitAsync(
                    CommitKind.Sweep,
                    connection => released.Count(hash => Delete(connection, hash, storage.Blobs)),
                    cancellationToken
                )
                .ConfigureAwait(false);
        }

        return removed;
    }

    /// <summary>
    /// Looks for blobs that a write left behind which was refused, or whose process was killed before it named them. Once
    /// in a process is enough.
    /// </summary>
    public static async ValueTask ReleaseOrphansAsync(SqliteStorage storage, CancellationToken cancellationToken)
    {
        storage.Blobs.DeleteAbandoned(Grace);
        // Other stores have areas of their own below the same directory, which are theirs to look after.
        foreach (var hashes in storage.Blobs.Hashes().Where(hash => storage.Blobs.Contains(hash)).Chunk(1_000))
        {
            var orphans = storage.Reads.Read(connection => hashes.Where(hash => !IsOwned(connection, hash)).ToList());
            if (orphans.Count > 0)
            {
                await storage
                    .Committer.CommitAsync(
                        CommitKind.Sweep,
                        connection => Release(connection, orphans),
                        cancellationToken
                    )
                    .ConfigureAwait(false);
            }
        }
    }

    private static int Release(SqliteConnection connection, List<byte[]> orphans)
    {
        foreach (var hash in orphans)
        {
            using var release = connection.Use(WorkflowSql.ReleaseBlob);
            release.Bind(1, hash).Run();
        }

        return orphans.Count;
    }

    private static bool IsOwned(SqliteConnection connection, byte[] hash)
    {
        using var owner = connection.Use(WorkflowSql.IsBlobOwned);
        return owner.Bind(1, hash).Read();
    }

    private static int RemoveExpired(SqliteConnection connection, DateTimeOffset now, int limit)
    {
        var expired = new List<InstanceKey>();
        using (var rows = connection.Use(WorkflowSql.SelectExpired))
        {
            rows.Bind(1, WorkflowRows.Milliseconds(now)).Bind(2, limit);
            while (rows.Read())
            {
                expired.Add(WorkflowRows.Key(rows));
            }
        }

        return expired.Count(key => ControlCommits.Delete(connection, key));
    }

    private static List<byte[]> Released(SqliteConnection connection, int limit)
    {
        var hashes = new List<byte[]>();
        using var rows = connection.Use(WorkflowSql.SelectReleasedBlobs);
        rows.Bind(1, limit);
        while (rows.Read())
        {
            hashes.Add(rows.Bytes(0));
        }

        return hashes;
    }

    private static bool Delete(SqliteConnection connection, byte[] hash, BlobDirectory blobs)
    {
        var isOwned = IsOwned(connection, hash);
        if (!isOwned && !blobs.Delete(hash, Grace))
        {
            return false;
        }

        using var forget = connection.Use(WorkflowSql.ForgetReleasedBlob);
        forget.Bind(1, hash).Run();
        return !isOwned;
    }
}
