using Everturn.Sessions;
using Everturn.Sqlite.Engine;

namespace Everturn.Sqlite.Sessions;

/// <summary>
/// Counts which sessions name which blob, and how often. See <see cref="BlobRelease"/> for the other direction.
/// </summary>
/// <param name="payloads">Writes a blob again that the sweeper was quicker with.</param>
/// <param name="blobs">The files.</param>
internal sealed class BlobOwnership(PayloadStore payloads, BlobDirectory blobs)
{
    /// <summary>Makes a session an owner of the blob that a payload names.</summary>
    /// <returns>The payload to write.</returns>
    public StoredPayload Own(SqliteConnection connection, SessionKey key, StoredPayload payload)
    {
        // Between the blob's write and this transaction the sweeper may have deleted an older file of the same content.
        if (!blobs.Contains(payload.Blob!.Value.Span))
            payload = payloads.Prepare(payload.Plain, payload.Version);
        using var statement = connection.Use(SessionSql.OwnBlob).Of(key);
        statement.Bind(3, payload.Blob!.Value).Run();
        return payload;
    }

    /// <summary>Makes a session an owner, once more, of the blob that is its state, if it is one.</summary>
    public static void OwnState(SqliteConnection connection, SessionKey key)
    {
        using var state = connection.Use(SessionSql.StateBlob).Of(key);
        if (!state.Read() || PayloadStore.BlobHash(state.Bytes(0)) is not { } hash)
            return;
        using var statement = connection.Use(SessionSql.OwnBlob).Of(key);
        statement.Bind(3, hash).Run();
    }
}
