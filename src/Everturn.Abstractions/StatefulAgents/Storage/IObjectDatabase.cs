namespace Everturn.StatefulAgents.Storage;

/// <summary>
/// The database of one object, in SQLite's dialect, with one writer. Used by one thread at a time. What is executed
/// joins the open transaction, which the first write opens and <see cref="CommitAsync"/> makes durable. When a commit
/// fails, the database is used up.
/// </summary>
public interface IObjectDatabase : IAsyncDisposable
{
    /// <summary>Whether anything was ever written.</summary>
    bool Exists { get; }

    /// <summary>Whether something is written that is not durable.</summary>
    bool IsDirty { get; }

    /// <summary>Bytes of the database.</summary>
    long Size { get; }

    /// <summary>Runs a statement of ours.</summary>
    /// <param name="sql">The statement, a constant: it is kept compiled.</param>
    /// <param name="parameters">The values of <c>?1</c>, <c>?2</c> and so on.</param>
    /// <exception cref="SqlQueryException">SQLite refused it; it changed nothing.</exception>
    /// <exception cref="StoreUnavailableException">The file failed; the database is used up.</exception>
    SqlRows Execute(string sql, params ReadOnlySpan<SqlValue> parameters);

    /// <summary>Runs a statement of ours that was put together at run time.</summary>
    /// <param name="sql">The statement.</param>
    /// <exception cref="SqlQueryException">SQLite refused it; it changed nothing.</exception>
    /// <exception cref="StoreUnavailableException">The file failed; the database is used up.</exception>
    void ExecuteOnce(string sql);

    /// <summary>
    /// Runs statements of a user: transactions, ATTACH, most PRAGMAs and tables whose names begin with <c>_cf_</c> are
    /// refused.
    /// </summary>
    /// <param name="sql">The statements; the result is that of the last one.</param>
    /// <param name="parameters">The values of <c>?1</c>, <c>?2</c> and so on.</param>
    /// <exception cref="SqlQueryException">A statement was refused; none changed anything.</exception>
    /// <exception cref="StoreUnavailableException">The file failed; the database is used up.</exception>
    SqlRows ExecuteUser(string sql, params ReadOnlySpan<SqlValue> parameters);

    /// <summary>Runs <paramref name="action"/> in a savepoint, undone if it throws.</summary>
    /// <param name="action">What to do.</param>
    void Savepoint(Action action);

    /// <summary>Makes what was written durable. Nothing may be executed until it has returned.</summary>
    /// <exception cref="OutcomeUnknownException">It failed; the database is used up.</exception>
    ValueTask CommitAsync();

    /// <summary>Removes everything, durably and at once, what is not committed included.</summary>
    ValueTask DeleteAsync();
}
