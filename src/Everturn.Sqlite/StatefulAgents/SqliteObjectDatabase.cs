using Everturn.Sqlite.Engine;
using Everturn.StatefulAgents;
using Everturn.StatefulAgents.Storage;
using Everturn.Storage;

namespace Everturn.Sqlite.StatefulAgents;

/// <summary>The database of one object, which is created by the first write.</summary>
internal sealed class SqliteObjectDatabase(IObjectFile file, ObjectWriters writers, StorageServices services)
    : IObjectDatabase
{
    private SqliteConnection? _connection;
    private ObjectStatements? _statements;
    private SqliteConnection? _rewriting;
    private int _savepoints;
    private bool _isNew;
    private bool _failed;

    public bool Exists { get; private set; } = file.Exists;

    public bool IsDirty { get; private set; }

    public long Size =>
        Exists
            ? Connect().connection.QueryLong("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
                ?? 0
            : 0;

    /// <summary>What the host brings.</summary>
    public StorageServices Services => services;

    public SqlRows Execute(string sql, params ReadOnlySpan<SqlValue> parameters)
    {
        var (_, statements) = Connect();
        try
        {
            return statements.Run(sql, parameters);
        }
        catch (SqliteException exception)
        {
            throw Failure(sql, exception);
        }
    }

    public void ExecuteOnce(string sql)
    {
        var (_, statements) = Connect();
        try
        {
            statements.RunOnce(sql);
        }
        catch (SqliteException exception)
        {
            throw Failure(sql, exception);
        }
    }

    public SqlRows ExecuteUser(string sql, params ReadOnlySpan<SqlValue> parameters)
    {
        var (_, statements) = Connect();
        try
        {
            return statements.RunUser(sql, parameters);
        }
        catch (SqliteException exception)
        {
            throw Failure(sql, exception);
        }
    }

    public void Savepoint(Action action)
    {
        var (connection, _) = Connect();
        Begin();
        var name = $"s{_savepoints++}";
        connection.ExecuteOnce($"SAVEPOINT {name}");
        try
        {
            action();
            connection.ExecuteOnce($"RELEASE {name}");
        }
        catch when (!connection.IsAutocommit)
        {
            connection.ExecuteOnce($"ROLLBACK TO {name}; RELEASE {name}");
            throw;
        }
        finally
        {
            _savepoints--;
        }
    }

    /// <summary>The connection for the statements of another store, whose tables have a prefix here.</summary>
    public SqliteConnection Rewriting(TablePrefix prefix)
    {
        var (connection, _) = Connect();
        return _rewriting ??= connection.Rewriting(prefix);
    }

    /// <summary>Runs such statements, whose failures are then those of the file.</summary>
    public TResult Guard<TResult>(Func<TResult> use)
    {
        try
        {
            return use();
        }
        catch (SqliteException exception)
        {
            throw Failure("a statement of a store", exception);
        }
    }

    public async ValueTask CommitAsync()
    {
        if (!IsDirty)
            return;
        try
        {
            await writers.RunAsync(Commit).ConfigureAwait(false);
            IsDirty = false;
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            _failed = true;
            throw new OutcomeUnknownException("The store failed while it wrote an object.", exception);
        }
    }

    public async ValueTask DeleteAsync()
    {
        Close();
        await writers.RunAsync(file.Delete).ConfigureAwait(false);
        Exists = false;
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
            await writers.RunAsync(Close).ConfigureAwait(false);
        else
            Close();
    }

    private (SqliteConnection connection, ObjectStatements statements) Connect()
    {
        if (_failed)
            throw new StoreUnavailableException("The object's file has failed; the object starts anew.");
        if (_connection is not null)
            return (_connection, _statements!);
        try
        {
            if (!Exists)
            {
                file.Create();
                Exists = true;
                _isNew = true;
            }
            _connection = file.Open();
            _statements = new ObjectStatements(_connection, Begin);
            return (_connection, _statements);
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException(
                exception is SqliteException { IsBusy: true }
                    ? "Another process still has the object's file."
                    : "The object's file cannot be opened.",
                exception
            );
        }
    }

    private void Begin()
    {
        if (IsDirty)
            return;
        _connection!.Execute("BEGIN IMMEDIATE");
        IsDirty = true;
    }

    private void Commit()
    {
        services.Observer?.Reached(CommitKind.ObjectCommit, CommitPhase.Before);
        if (_isNew)
        {
            file.Sync();
            _isNew = false;
        }
        services.Observer?.Reached(CommitKind.ObjectCommit, CommitPhase.Inside);
        services.Fault?.Invoke(CommitFault.Commit);
        _connection!.Execute("COMMIT");
        services.Fault?.Invoke(CommitFault.Committed);
        services.Observer?.Reached(CommitKind.ObjectCommit, CommitPhase.After);
    }

    private EverturnException Failure(string sql, SqliteException exception)
    {
        // SQLite takes a whole transaction back when the disk is full or fails: what the turn wrote before is gone too.
        if (exception.IsStatementError && !(IsDirty && _connection!.IsAutocommit))
            return new SqlQueryException(sql, exception.Message, exception);
        _failed = true;
        return new StoreUnavailableException($"The object's file has failed: {exception.Message}", exception);
    }

    private void Close()
    {
        _statements?.Dispose();
        _rewriting?.Dispose();
        file.Close(_connection);
        _statements = null;
        _rewriting = null;
        _connection = null;
        IsDirty = false;
    }
}
