using System.Security.Cryptography;
using System.Text;
using Everturn.Sqlite.Engine;
using Everturn.StatefulAgents;
using Microsoft.Win32.SafeHandles;

namespace Everturn.Sqlite.StatefulAgents;

/// <summary>
/// Where an object's database is: named by the hash of its id, so that no name of a user is part of a path, and spread
/// over directories. While it is open it belongs to this process alone.
/// </summary>
internal sealed class ObjectFile : IObjectFile
{
    /// <summary>Small pages, since most objects are small.</summary>
    public const int PageSize = 1024;

    /// <summary>Pages after which the WAL is copied back. Then its blocks are used again, which makes a sync cheaper.</summary>
    private const int CheckpointPages = 28;

    private static readonly Lazy<byte[]> Template = new(CreateTemplate);

    // Open as long as the connection is: closing any handle of a file takes from the process all its locks on it (fcntl),
    // and with them the fence.
    private SafeFileHandle? _created;

    public ObjectFile(string root, StatefulAgentId key)
    {
        var id = $"{key.Tenant.Length}:{key.Tenant}{key.Name}";
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
        Directory = System.IO.Path.Combine(root, key.Agent, hash[..2]);
        Path = System.IO.Path.Combine(Directory, hash + ".db");
    }

    public string Path { get; }

    private string Directory { get; }

    private string WalPath => Path + "-wal";

    public bool Exists => File.Exists(Path);

    // Never over a file that is there: this process may have been stopped, and lost the object, since it looked.
    public void Create()
    {
        Durability.CreateDirectory(Directory);
        if (!Exists)
        {
            // Of an object that was destroyed when the process ended: it must not be replayed into the new one.
            File.Delete(WalPath);
        }
        _created = File.OpenHandle(Path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite);
        RandomAccess.Write(_created, Template.Value, fileOffset: 0);
    }

    // The file's name becomes durable with the first sync of the WAL beside it.
    public void Sync() => RandomAccess.FlushToDisk(_created!);

    public SqliteConnection Open()
    {
        var connection = SqliteConnection.Open(Path, keepWal: false);
        try
        {
            // Exclusive before anything is read: the WAL's index is then kept in memory, not in a file of 32 kB.
            connection.ExecuteOnce(
                $"""
                PRAGMA locking_mode=EXCLUSIVE;
                PRAGMA synchronous=FULL;
                PRAGMA wal_autocheckpoint={CheckpointPages};
                PRAGMA cache_size=-512;
                PRAGMA temp_store=MEMORY;
                PRAGMA trusted_schema=OFF;
                PRAGMA application_id
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

    // Copies the WAL back and deletes it: an idle object is one file.
    public void Close(SqliteConnection? connection)
    {
        connection?.Dispose();
        _created?.Dispose();
        _created = null;
    }

    // Without the file itself, what is left beside it means nothing.
    public void Delete()
    {
        if (!System.IO.Directory.Exists(Directory))
            return;
        File.Delete(Path);
        File.Delete(WalPath);
        Durability.SyncDirectory(Directory);
    }

    // An empty database in WAL mode is always the same bytes; making one takes several syncs.
    private static byte[] CreateTemplate()
    {
        var path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"everturn-{Environment.ProcessId}.template");
        File.Delete(path);
        try
        {
            using (var connection = SqliteConnection.Open(path, keepWal: false))
            {
                connection.ExecuteOnce(
                    $"""
                    PRAGMA page_size={PageSize};
                    PRAGMA auto_vacuum=INCREMENTAL;
                    PRAGMA application_id={DatabaseFile.ApplicationId};
                    PRAGMA synchronous=OFF;
                    PRAGMA journal_mode=WAL
                    """
                );
            }
            return File.ReadAllBytes(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
