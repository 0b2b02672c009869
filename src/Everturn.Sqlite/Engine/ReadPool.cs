using System.Collections.Concurrent;

namespace Everturn.Sqlite.Engine;

/// <summary>
/// Connections for reading, used on the caller's thread: a page of results is there sooner than another thread would be.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="kept">Connections that stay open.</param>
internal sealed class ReadPool(DatabaseFile file, int kept) : IDisposable
{
    private readonly ConcurrentStack<SqliteConnection> _free = new();
    private volatile bool _closed;

    /// <summary>Reads with single statements; each sees what is durable when it starts.</summary>
    public TResult Read<TResult>(Func<SqliteConnection, TResult> read) =>
        Read(read, static (connection, state) => state(connection));

    /// <inheritdoc cref="Read{TResult}(Func{SqliteConnection, TResult})"/>
    public TResult Read<TState, TResult>(TState state, Func<SqliteConnection, TState, TResult> read)
    {
        var connection = Rent();
        try
        {
            return read(connection, state);
        }
        catch (SqliteException exception) when (!exception.IsStatementError)
        {
            throw new StoreUnavailableException("The store cannot be read.", exception);
        }
        finally
        {
            Return(connection);
        }
    }

    /// <summary>
    /// Reads with several statements that all see the same moment. Keep it to one page of results: while it lasts, the
    /// WAL cannot start again at its front.
    /// </summary>
    public TResult ReadSnapshot<TResult>(Func<SqliteConnection, TResult> read) =>
        ReadSnapshot(read, static (connection, state) => state(connection));

    /// <inheritdoc cref="ReadSnapshot{TResult}(Func{SqliteConnection, TResult})"/>
    public TResult ReadSnapshot<TState, TResult>(TState state, Func<SqliteConnection, TState, TResult> read) =>
        Read(
            (state, read),
            static (connection, call) =>
            {
                connection.Execute("BEGIN");
                try
                {
                    return call.read(connection, call.state);
                }
                finally
                {
                    connection.Execute("ROLLBACK");
                }
            }
        );

    public void Dispose()
    {
        _closed = true;
        while (_free.TryPop(out var connection))
            connection.Dispose();
    }

    private SqliteConnection Rent()
    {
        if (_closed)
            throw new StoreUnavailableException("The store is closed.");
        return _free.TryPop(out var connection) ? connection : file.OpenReader();
    }

    private void Return(SqliteConnection connection)
    {
        if (_free.Count >= kept || !connection.IsAutocommit)
        {
            connection.Dispose();
            return;
        }
        _free.Push(connection);
        // The pool may have been closed since: whoever comes last empties it.
        if (_closed)
            Dispose();
    }
}
