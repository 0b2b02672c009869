using Everturn.StatefulAgents;
using Everturn.StatefulAgents.Storage;

namespace Everturn.Sqlite.StatefulAgents;

/// <summary>Objects' databases as files below the data directory.</summary>
internal sealed class SqliteObjectStore(SqliteDatabase database) : IObjectStore
{
    public IObjectDatabase Open(StatefulAgentId key)
    {
        var storage = database.Storage;
        return new SqliteObjectDatabase(
            new ObjectFile(storage.Directory.Objects, key),
            storage.ObjectWriters,
            storage.Services
        );
    }
}
