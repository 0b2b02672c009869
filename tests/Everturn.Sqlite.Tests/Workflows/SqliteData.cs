using Everturn.Sqlite.Engine;
using Everturn.Sqlite.Tests.Engine;
using Everturn.Sqlite.Workflows;
using Everturn.Tests.Workflows;

namespace Everturn.Sqlite.Tests.Workflows;

/// <summary>A data directory that several hosts open.</summary>
public sealed class SqliteData : IStoreUnderTest
{
    private readonly StorageServices _services;

    public SqliteData()
        : this(new StorageServices()) { }

    internal SqliteData(StorageServices services) => _services = services;

    /// <summary>Begins with the files of another data directory.</summary>
    public SqliteData(string directory)
        : this() => CopyDirectory(directory, _directory.Path);

    private readonly TempDirectory _directory = new();
    private readonly List<SqliteStorage> _open = [];

    public string DataDirectory => _directory.Path;

    public static void CopyDirectory(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }

    public async Task<OpenedStore> OpenAsync()
    {
        var options = new SqliteOptions { DataDirectory = _directory.Path };
        var storage = await SqliteStorage.OpenAsync(options, [WorkflowSchema.Schema], _services);
        _open.Add(storage);
        return new OpenedStore(new SqliteWorkflowStore(storage), storage.Nodes, () => CloseAsync(storage));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var storage in _open.ToList())
        {
            await CloseAsync(storage);
        }

        _directory.Dispose();
    }

    private async Task CloseAsync(SqliteStorage storage)
    {
        if (_open.Remove(storage))
        {
            await storage.DisposeAsync();
        }
    }
}
