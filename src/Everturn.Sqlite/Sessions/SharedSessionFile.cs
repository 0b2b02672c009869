using Everturn.Sqlite.Engine;
using Everturn.Storage;

namespace Everturn.Sqlite.Sessions;

/// <summary>The main file. Commits of all sessions share transactions; reads run on the caller's thread.</summary>
/// <param name="database">The data directory; it may be opened later.</param>
/// <param name="instances">Creates instances in the commit of their run, or null.</param>
internal sealed class SharedSessionFile(SqliteDatabase database, ICoLocatedInstances? instances) : ISessionFile
{
    private SessionContent? _content;

    public static SharedSessionFile Of(SqliteDatabase database, ICoLocatedInstances? instances)
    {
        ArgumentNullException.ThrowIfNull(database);
        return new(database, database.Options.CoLocateInstances ? instances : null);
    }

    // The database may be opened after the store was made. Two threads that get here first make the same thing twice.
    public SessionContent Content => _content ??= new SessionContent(Storage, instances);

    public IChangeSignal Changes => database.Changes;

    private SqliteStorage Storage => database.Storage;

    public bool IsLive(SqliteConnection connection, NodeIdentity node) => FenceCheck.IsLive(connection, node);

    public ValueTask<TResult> ReadAsync<TState, TResult>(TState state, Func<SqliteConnection, TState, TResult> read) =>
        new(Storage.Reads.Read(state, read));

    public ValueTask<TResult> ReadSnapshotAsync<TState, TResult>(
        TState state,
        Func<SqliteConnection, TState, TResult> read
    ) => new(Storage.Reads.ReadSnapshot(state, read));

    public ValueTask<TResult> CommitAsync<TResult>(CommitItem<TResult> item, CancellationToken cancellationToken) =>
        Storage.Committer.CommitAsync(item, cancellationToken);
}
