namespace Everturn.Sqlite.Engine;

/// <summary>
/// Grows the WAL to its working size once and restarts it. A commit that overwrites blocks which exist is one flush
/// of data; a commit that makes the file longer also flushes the file system's journal and is two to three times slower.
/// </summary>
internal static class WalPreparation
{
    public const int Bytes = 16 * 1024 * 1024;

    private const string AddFrame = "UPDATE wal_preparation SET round = round + 1";

    /// <summary>Does nothing when the WAL is large enough already. A crash in between only means to do it again.</summary>
    public static void Prepare(DatabaseFile file)
    {
        if (Length(file) >= Bytes)
            return;
        using var connection = file.OpenWriter();
        // Each commit adds a page to the WAL; none matters, so none is synced until the checkpoint.
        connection.ExecuteOnce("PRAGMA wal_autocheckpoint=0; PRAGMA synchronous=OFF");
        while (Length(file) < Bytes)
        {
            for (var i = 0; i < 256; i++)
                connection.Execute(AddFrame);
        }
        connection.ExecuteOnce("PRAGMA synchronous=FULL");
        connection.RestartWal();
    }

    private static long Length(DatabaseFile file)
    {
        var wal = new FileInfo(file.WalPath);
        return wal.Exists ? wal.Length : 0;
    }
}
