using Everturn.Sqlite.Engine;
using Everturn.Workflows;

namespace Everturn.Sqlite.Workflows;

/// <summary>Which instances own which blobs: an instance keeps all that it ever named until it is removed.</summary>
internal static class WorkflowBlobs
{
    /// <summary>Makes an instance an owner of the blob that a column names, if it names one.</summary>
    /// <exception cref="StoreUnavailableException">The sweeper was quicker: the write has to be made again.</exception>
    public static void Own(SqliteConnection connection, InstanceKey key, byte[]? stored, BlobDirectory blobs)
    {
        if (stored is null || PayloadStore.BlobHash(stored) is not { } hash)
        {
            return;
        }

        if (!blobs.Contains(hash.Span))
        {
            throw new StoreUnavailableException("A large value was removed before it was named. Write it again.");
        }

        using var statement = connection.Use(WorkflowSql.OwnBlob);
        statement.Bind(key).Bind(4, hash).Run();
    }
}
