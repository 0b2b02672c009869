using Everturn.Sessions;
using Everturn.Sessions.Storage;
using Everturn.Sqlite.Engine;
using Everturn.Sqlite.Sessions;
using Everturn.StatefulAgents;
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
    private readonly ISessionFile _file;
    private readonly EverturnLimits _limits;
    private readonly SessionListeners _listeners = new();
    private SessionSweeper? _sweeper;

    /// <param name="database">The data directory; it may be opened later.</param>
    /// <param name="limits">The sizes that are accepted; null for the defaults.</param>
    public SqliteSessionStore(SqliteDatabase database, EverturnLimits? limits = null)
        : this(database, limits, instances: null) { }

    /// <summary>
    /// Sessions in the database of a stateful agent, for the agent itself: make it in the start hook. See the guide to
    /// stateful agents for what is durable when.
    /// </summary>
    /// <param name="storage">The agent's own storage. The store is for one stay in memory, as that is.</param>
    /// <param name="limits">The sizes that are accepted; null for the defaults.</param>
    /// <exception cref="ArgumentException">It is not the storage of an object that is kept in SQLite.</exception>
    public SqliteSessionStore(IAgentStorage storage, EverturnLimits? limits = null)
        : this(new ObjectSessionFile(storage), limits) { }

    internal SqliteSessionStore(SqliteDatabase database, EverturnLimits? limits, ICoLocatedInstances? instances)
        : this(SharedSessionFile.Of(database, instances), limits) { }

    internal SqliteSessionStore(ISessionFile file, EverturnLimits? limits)
    {
        _file = file;
        _limits = limits ?? new EverturnLimits();
    }

    /// <inheritdoc />
    public IChangeSignal Changes => _file.Changes;

    private SessionContent Content => _file.Content;

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
            return Content.Blobs is not null && EncodedCommit.IsLarge(prepared, Content.InlineLimit)
                ? CommitLargeAsync(prepared, cancellationToken)
                : _file.CommitAsync(Encode(prepared), cancellationToken);
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
    ) => _file.CommitAsync(new DeleteSessionItem(key, at, _listeners), cancellationToken);

    /// <inheritdoc />
    public async ValueTask<StreamInfo> ReactivateAsync(
        SessionKey key,
        DateTimeOffset at,
        CancellationToken cancellationToken = default
    )
    {
        var info = await _file
            .CommitAsync(
                new DelegateCommit<StreamInfo?>(
                    CommitKind.SessionUpdate,
                    connection =>
                    {
                        using (var reactivate = connection.Use(SessionSql.Reactivate).Of(key))
                            reactivate.Bind(3, at).Run();
                        return ReadStreamInfo(connection, key);
                    }
                ),
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
        await _file
            .CommitAsync(
                new DelegateCommit<int>(
                    CommitKind.OutboxDrain,
                    connection =>
                    {
                        using var statement = connection.Use(SessionSql.CompleteOutbox);
                        foreach (var id in completed)
                            statement.Bind(1, id).RunAndReset();
                        return completed.Length;
                    }
                ),
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <inheritdoc />
    public ValueTask<int> SweepAsync(SweepRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        _sweeper ??= new SessionSweeper(_file, _listeners);
        return _sweeper.SweepAsync(request, cancellationToken);
    }

    private SessionCommitItem Encode(PreparedCommit prepared) =>
        new(EncodedCommit.Create(prepared, Payloads, Content.InlineLimit), _file, _listeners);

    // The blob's sync would hold up the caller's thread.
    private async ValueTask<SessionCommitResult> CommitLargeAsync(
        PreparedCommit prepared,
        CancellationToken cancellationToken
    )
    {
        var item = await Task.Run(() => Encode(prepared), cancellationToken).ConfigureAwait(false);
        return await _file.CommitAsync(item, cancellationToken).ConfigureAwait(false);
    }
}
