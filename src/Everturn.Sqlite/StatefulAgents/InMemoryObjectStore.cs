using System.Collections.Concurrent;
using Everturn.Sqlite.Engine;
using Everturn.StatefulAgents;
using Everturn.StatefulAgents.Storage;

namespace Everturn.Sqlite.StatefulAgents;

/// <summary>Objects' databases in memory: SQLite, as everywhere, since its dialect is what agents write.</summary>
internal sealed class InMemoryObjectStore : IObjectStore, IAsyncDisposable
{
    private readonly ConcurrentDictionary<StatefulAgentId, MemoryObjectFile> _files = new();
    private readonly ObjectWriters _writers = new(limit: 1);
    private readonly StorageServices _services = new();

    public IObjectDatabase Open(StatefulAgentId key) =>
        new SqliteObjectDatabase(_files.GetOrAdd(key, static _ => new MemoryObjectFile()), _writers, _services);

    public async ValueTask DisposeAsync()
    {
        await _writers.DisposeAsync().ConfigureAwait(false);
        foreach (var file in _files.Values)
            file.Delete();
    }
}
