using Everturn.Sqlite.Engine;

namespace Everturn.Sqlite.StatefulAgents;

/// <summary>Where an object's database is kept.</summary>
internal interface IObjectFile
{
    bool Exists { get; }

    /// <summary>Makes an empty database. It is durable after <see cref="Sync"/>.</summary>
    /// <exception cref="IOException">There is one already.</exception>
    void Create();

    /// <summary>Makes a database that was created durable, with the first commit that follows.</summary>
    void Sync();

    /// <exception cref="SqliteException">It cannot be opened, or another process has it.</exception>
    SqliteConnection Open();

    /// <summary>Gives up a connection, if there is one; what is not committed is undone.</summary>
    void Close(SqliteConnection? connection);

    /// <summary>Removes the database.</summary>
    void Delete();
}
