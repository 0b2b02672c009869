using Everturn.Sessions;
using Everturn.Sessions.Storage;
using Everturn.Sqlite.Engine;
using Everturn.Sqlite.Sessions;
using Everturn.Storage;
using Everturn.Streaming;
using Everturn.Usage;

namespace Everturn.Sqlite;

/// <summary>
/// Sessions, their streams and their usage in SQLite. Commits of all sessions share transactions and their sync; reads
/// run on the caller's thread. Usable by hand:
/// <code>
/// await using var database = new SqliteDatabase(new SqliteOptions { DataDirectory = "data" });
/// await database.OpenAsync();
/// ISessionStore sessions = new SqliteSessionStore(database);
/// </code>
/// It is the stream store and the usage store as well.
/// </summary>
public sealed partial class SqliteSessionStore : ISessionStore
{
    private readonly SqliteDatabase _database;
    private readonly EverturnLimits _limits;
    private readonly ICoLocatedInstances? _instances;
    private readonly SessionListeners _listeners = new();
    private SessionContent? _content;
    private SessionSweeper? _sweeper;

    /// <param name="database">The data directory; it may be opened later.</param>
    /// <param name="limits">The sizes that are accepted; null for the defaults.</param>
    public SqliteSessionStore(SqliteDatabase database, EverturnLimits? limits = null)
        : this(database, limits, instances: null) { }

    internal SqliteSessionStore(SqliteDatabase database, EverturnLimits? limits, ICoLocatedInstances? instances)
    {
        ArgumentNullException.ThrowIfNull(database);
        _database = database;
        _limits = limits ?? new EverturnLimits();
        _instances = database.Options.CoLocateInstances ? instances : null;
    }

    /// <inheritdoc />
    public IChangeSignal Changes => _database.Changes;

    // The database may be opened after the store was made. Two threads that get here first make the same thing twice.
    private SessionContent Content => _content ??= new SessionContent(_database.Storage, _instances);

    private GroupCommitter Committer => Content.Storage.Committer;

    private ReadPool Reads => Content.Storage.Reads;

    private PayloadStore Payloads => Content.Payloads;

    /// <inheritdoc />
    public IDisposable Listen(ISessionCommitListener listener)
    {
        ArgumentNullException.ThrowIfNull(listener);
        return _listeners.Add(listener);
    }

    /// <inheritdoc />
    public ValueTask<SessionCommitResult> CommitAsync(
        SessionCommit commit,
        CancellationToken cancellationToken = default
    )
    {
        try
        {
            var prepared = SessionCommitRules.Prepare(commit, _limits);
            return EncodedCommit.IsLarge(prepared, Content.Storage.InlineLimit)
                ? CommitLargeAsync(prepared, cancellationToken)
                : Committer.CommitAsync(Encode(prepared), cancellationToken);
        }
        catch (Exception exception)
        {
            return ValueTask.FromException<SessionCommitResult>(exception);
        }
    }

    /// <inheritdoc />
    public ValueTask<SessionCommitOutcome> DeleteSessionAsync(
        SessionKey key,
        DateTimeOffset at,
        CancellationToken cancellationToken = default
    ) => Committer.CommitAsync(new DeleteSessionItem(key, at, _listeners), cancellationToken);

    /// <inheritdoc />
    public async ValueTask<StreamInfo> ReactivateAsync(
        SessionKey key,
        DateTimeOffset at,
        CancellationToken cancellationToken = default
    )
    {
        var info = await Committer
            .CommitAsync(
                CommitKind.SessionUpdate,
                connection =>
                {
                    using (var reactivate = connection.Use(SessionSql.Reactivate).Of(key))
                        reactivate.Bind(3, at).Run();
                    return ReadStreamInfo(connection, key);
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        return info ?? throw new SessionNotFoundException(key.SessionId);
    }

    /// <inheritdoc />
    public async ValueTask RecordEntryAsync(
        SessionKey key,
        UsageEntry entry,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(entry);
        var commit = new SessionCommit
        {
            Session = key,
            Kind = CommitKind.SessionUpdate,
            At = entry.Timestamp,
            Usage = [entry],
        };
        var result = await CommitAsync(commit, cancellationToken).ConfigureAwait(false);
        if (!result.IsApplied)
            throw new SessionNotFoundException(key.SessionId);
    }

    /// <inheritdoc />
    public async ValueTask CompleteOutboxAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        if (ids.Count == 0)
            return;
        long[] completed = [.. ids];
        await Committer
            .CommitAsync(
                CommitKind.OutboxDrain,
                connection =>
                {
                    using var statement = connection.Use(SessionSql.CompleteOutbox);
                    foreach (var id in completed)
                        statement.Bind(1, id).RunAndReset();
                    return completed.Length;
                },
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <inheritdoc />
    public ValueTask<int> SweepAsync(SweepRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        _sweeper ??= new SessionSweeper(Content, _listeners);
        return _sweeper.SweepAsync(request, cancellationToken);
    }

    private SessionCommitItem Encode(PreparedCommit prepared) =>
        new(
            EncodedCommit.Create(prepared, Payloads, Content.Storage.InlineLimit),
            Payloads,
            Content.Writer,
            _listeners
        );

    // The blob's sync would hold up the caller's thread.
    private async ValueTask<SessionCommitResult> CommitLargeAsync(
        PreparedCommit prepared,
        CancellationToken cancellationToken
    )
    {
        var item = await Task.Run(() => Encode(prepared), cancellationToken).ConfigureAwait(false);
        return await Committer.CommitAsync(item, cancellationToken).ConfigureAwait(false);
    }
}
