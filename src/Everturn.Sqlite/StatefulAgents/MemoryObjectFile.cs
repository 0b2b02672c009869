using Everturn.Sqlite.Engine;

namespace Everturn.Sqlite.StatefulAgents;

/// <summary>An object's database that lives in memory, between its stays there as well.</summary>
internal sealed class MemoryObjectFile : IObjectFile
{
    private SqliteConnection? _connection;

    public bool Exists => _connection is not null;

    public void Create() => _connection = SqliteConnection.Open(":memory:");

    public void Sync() { }

    public SqliteConnection Open() => _connection!;

    public void Close(SqliteConnection? connection)
    {
        if (connection is { IsAutocommit: false })
            connection.ExecuteOnce("ROLLBACK");
    }

    public void Delete()
    {
        _connection?.Dispose();
        _connection = null;
    }
}
