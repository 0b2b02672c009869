namespace Everturn.Sqlite.Engine;

/// <summary>How connections to a database file of ours are opened. Its pragmas belong to us alone.</summary>
/// <param name="path">Full path of the main file.</param>
/// <param name="pageSize">Bytes; matters only for a file that does not exist yet.</param>
internal sealed class DatabaseFile(string path, int pageSize = 2048)
{
    /// <summary>"EVTN", in the file's header, so that <c>file(1)</c> and this code can tell what it is.</summary>
    public const int ApplicationId = 0x4556544E;

    private static readonly TimeSpan BusyTimeout = TimeSpan.FromSeconds(5);

    public string Path { get; } = path;

    public string WalPath { get; } = path + "-wal";

    /// <summary>A connection that nothing has been asked of yet: looking at a file must not change it.</summary>
    public SqliteConnection OpenUntouched()
    {
        var connection = SqliteConnection.Open(Path);
        connection.BusyTimeout(BusyTimeout);
        return connection;
    }

    /// <summary>A connection that writes, in WAL mode with a sync at each commit.</summary>
    public SqliteConnection OpenWriter()
    {
        var connection = OpenUntouched();
        try
        {
            // These two count only before the first page is written.
            connection.ExecuteOnce($"PRAGMA page_size={pageSize}; PRAGMA auto_vacuum=INCREMENTAL");
            EnterWal(connection);
            // At 12 MB of pages the WAL is copied back and restarted, before it outgrows its 16 MB.
            connection.ExecuteOnce(
                $"""
                PRAGMA synchronous=FULL;
                PRAGMA journal_size_limit=-1;
                PRAGMA wal_autocheckpoint={WalPreparation.Bytes / pageSize * 3 / 4};
                PRAGMA temp_store=MEMORY;
                PRAGMA cache_size=-16384;
                PRAGMA trusted_schema=OFF
                """
            );
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A connection that cannot write.</summary>
    public SqliteConnection OpenReader()
    {
        var connection = OpenUntouched();
        connection.ExecuteOnce(
            "PRAGMA query_only=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-4096; PRAGMA trusted_schema=OFF"
        );
        return connection;
    }

    // Changing the journal mode needs the file alone and does not wait for the busy timeout in every case: processes
    // that open a new file at the same moment take turns here.
    private static void EnterWal(SqliteConnection connection)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                connection.ExecuteOnce("PRAGMA journal_mode=WAL");
                return;
            }
            catch (SqliteException exception) when (exception.IsBusy && attempt < 200)
            {
                Pause.Milliseconds(5);
            }
        }
    }
}
