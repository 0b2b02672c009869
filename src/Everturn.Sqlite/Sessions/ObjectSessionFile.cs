using Everturn.Memory;
using Everturn.Sqlite.Engine;
using Everturn.Sqlite.StatefulAgents;
using Everturn.StatefulAgents;
using Everturn.StatefulAgents.Hosting;
using Everturn.StatefulAgents.Storage;
using Everturn.Storage;
using Microsoft.Extensions.Logging;

namespace Everturn.Sqlite.Sessions;

/// <summary>
/// An object's own database. In a turn of the object everything runs at once and joins the turn's commit; from
/// elsewhere it is brought to the object's thread, and what it returns is durable.
/// </summary>
internal sealed class ObjectSessionFile : ISessionFile
{
    // Names that statements of users cannot reach, as those of the object's other tables.
    private static readonly TablePrefix Tables = new("_cf_everturn_", SessionSchema.Schema);

    private readonly ObjectActivation _activation;
    private readonly SqliteObjectDatabase _database;
    private readonly Func<NodeIdentity, bool> _isLive;
    private readonly InMemoryChangeSignal _changes = new();
    private readonly ILogger _log;

    /// <param name="storage">The object's storage.</param>
    /// <param name="isLive">Which nodes may own runs; null for the object's owner alone.</param>
    /// <exception cref="ArgumentException">It is not the storage of an object that is kept in SQLite.</exception>
    public ObjectSessionFile(IAgentStorage storage, Func<NodeIdentity, bool>? isLive = null)
    {
        ArgumentNullException.ThrowIfNull(storage);
        _activation =
            (storage as ObjectStorage)?.Activation
            ?? throw new ArgumentException("Not an agent's own.", nameof(storage));
        _database =
            _activation.Database as SqliteObjectDatabase
            ?? throw new ArgumentException("The agent is not kept in SQLite.", nameof(storage));
        _isLive = isLive ?? (node => node == _activation.Placement.Node);
        _log = _database.Services.Loggers.CreateLogger("Everturn.Sqlite");
        Content = new SessionContent(new PayloadCodecs(_database.Services.Codecs));
    }

    public SessionContent Content { get; }

    public IChangeSignal Changes => _changes;

    public bool IsLive(SqliteConnection connection, NodeIdentity node) => _isLive(node);

    public ValueTask<TResult> ReadAsync<TState, TResult>(TState state, Func<SqliteConnection, TState, TResult> read) =>
        RunAsync(() => read(Open(), state));

    // Nothing else of the object runs meanwhile.
    public ValueTask<TResult> ReadSnapshotAsync<TState, TResult>(
        TState state,
        Func<SqliteConnection, TState, TResult> read
    ) => ReadAsync(state, read);

    public ValueTask<TResult> CommitAsync<TResult>(CommitItem<TResult> item, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        item.MarkQueued();
        return RunAsync(() => Write(item));
    }

    private ValueTask<TResult> RunAsync<TResult>(Func<TResult> use)
    {
        if (!_activation.IsInTurn)
            return new(_activation.EnterAsync(() => _database.Guard(use)));
        _activation.RequireTurn();
        return new(_database.Guard(use));
    }

    // Asked anew each time: the turn that created the tables may be undone, and an agent may delete everything.
    private SqliteConnection Open()
    {
        var connection = _database.Rewriting(Tables);
        if (!SchemaMigrator.IsCurrent(connection, SessionSchema.Schema))
            _database.Savepoint(() => SchemaMigrator.MigrateInside(connection, SessionSchema.Schema));
        return connection;
    }

    private TResult Write<TResult>(CommitItem<TResult> item)
    {
        _database.Savepoint(() => item.Execute(Open()));
        _activation.Outbox.Send(() => Announce(item));
        return item.Result;
    }

    private void Announce(CommitItem item)
    {
        try
        {
            item.Durable();
            _changes.Raise();
        }
        catch (Exception exception)
        {
            Log.ListenerFailed(_log, exception);
        }
    }
}
