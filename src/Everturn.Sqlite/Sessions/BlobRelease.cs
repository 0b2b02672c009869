using Everturn.Sessions;
using Everturn.Sqlite.Engine;

namespace Everturn.Sqlite.Sessions;

/// <summary>
/// Lets go of blobs whose row is about to be replaced or deleted. One that lost its last owner is noted, and the sweeper
/// deletes its file later: in a transaction, so that no commit can name it at the same time.
/// </summary>
internal static class BlobRelease
{
    /// <summary>The state is about to be replaced or deleted.</summary>
    public static void State(SqliteConnection connection, SessionKey key)
    {
        using var statement = connection.Use(SessionSql.StateBlob).Of(key);
        if (statement.Read())
            Release(connection, key, statement.Bytes(0));
    }

    /// <summary>A call is about to be replaced, if it is there.</summary>
    public static void ToolCall(SqliteConnection connection, SessionKey key, ToolCallRecord call)
    {
        using var statement = connection.Use(SessionSql.ToolCallContent).Of(key);
        statement.Bind(3, call.RunId).Bind(4, call.Step).Bind(5, call.Index);
        if (statement.Read())
            ReleaseColumns(connection, key, statement, 3);
    }

    /// <summary>A pending call is about to be replaced, if it is there.</summary>
    public static void PendingCall(SqliteConnection connection, SessionKey key, PendingCallRecord call)
    {
        using var statement = connection.Use(SessionSql.PendingContent).Of(key);
        if (statement.Bind(3, call.ApprovalId).Read())
            ReleaseColumns(connection, key, statement, 2);
    }

    /// <summary>Releases what the first columns of each row of a query name.</summary>
    public static void Rows(SqliteConnection connection, SessionKey key, Statement rows, int columns)
    {
        while (rows.Read())
            ReleaseColumns(connection, key, rows, columns);
    }

    private static void ReleaseColumns(SqliteConnection connection, SessionKey key, Statement row, int columns)
    {
        for (var column = 0; column < columns; column++)
        {
            if (!row.IsNull(column))
                Release(connection, key, row.Bytes(column));
        }
    }

    private static void Release(SqliteConnection connection, SessionKey key, byte[] content)
    {
        if (PayloadStore.BlobHash(content) is not { } hash)
            return;
        using (var unuse = connection.Use(SessionSql.UnuseBlob).Of(key))
        {
            if (!unuse.Bind(3, hash).Read() || unuse.Long(0) > 0)
                return;
        }
        using (var disown = connection.Use(SessionSql.DisownBlob).Of(key))
            disown.Bind(3, hash).Run();
        using var release = connection.Use(SessionSql.ReleaseBlob);
        release.Bind(1, hash).Run();
    }
}
