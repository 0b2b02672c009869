using Everturn.Sessions;
using Everturn.Sessions.Storage;
using Everturn.Storage;
using Everturn.Streaming;
using Everturn.Usage;

namespace Everturn.Memory;

/// <summary>
/// Sessions in memory, for tests and trials: the semantics of a durable store, and nothing survives the process. Every
/// verb runs under one lock; listeners are called inside it, so that they hear of commits in their order.
/// </summary>
/// <param name="nodes">Who may own runs. Nodes that joined it share the store.</param>
/// <param name="limits">The sizes that are accepted; null for the defaults.</param>
public sealed partial class InMemorySessionStore(InMemoryNodeDirectory nodes, EverturnLimits? limits = null)
    : ISessionStore
{
    private readonly Lock _lock = new();
    private readonly EverturnLimits _limits = limits ?? new();
    private readonly Dictionary<SessionKey, MemorySession> _sessions = [];
    private readonly HashSet<SessionKey> _running = [];
    private readonly HashSet<SessionKey> _queued = [];
    private readonly SortedDictionary<long, OutboxEntry> _outbox = [];
    private readonly CallbackList<ISessionCommitListener> _listeners = new();
    private readonly InMemoryChangeSignal _changes = new();
    private long _lastOutboxId;

    /// <inheritdoc />
    public IChangeSignal Changes => _changes;

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
            cancellationToken.ThrowIfCancellationRequested();
            return new(Commit(SessionCommitRules.Prepare(commit, _limits)));
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
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        SessionCommitOutcome outcome;
        lock (_lock)
        {
            outcome = Delete(key, at);
        }

        RaiseIf(outcome == SessionCommitOutcome.Applied);
        return new(outcome);
    }

    /// <inheritdoc />
    public ValueTask<StreamInfo> ReactivateAsync(
        SessionKey key,
        DateTimeOffset at,
        CancellationToken cancellationToken = default
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        StreamInfo info;
        bool reopened;
        lock (_lock)
        {
            var session = Find(key) ?? throw new SessionNotFoundException(key.SessionId);
            reopened = session.Stream != StreamStatus.Active;
            if (reopened)
            {
                session.Stream = StreamStatus.Active;
                session.Record = session.Record with
                {
                    Version = session.Record.Version + 1,
                    UpdatedAt = StoredTime.Of(at),
                };
            }

            info = InfoOf(session);
        }

        RaiseIf(reopened);
        return new(info);
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
        {
            throw new SessionNotFoundException(key.SessionId);
        }
    }

    /// <inheritdoc />
    public ValueTask CompleteOutboxAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            foreach (var id in ids)
            {
                _outbox.Remove(id);
            }
        }

        RaiseIf(ids.Count > 0);
        return default;
    }

    private SessionCommitResult Commit(PreparedCommit prepared)
    {
        SessionCommitResult result;
        bool writes;
        lock (_lock)
        {
            var session = _sessions.GetValueOrDefault(prepared.Commit.Session);
            var plan = SessionCommitRules.Decide(prepared, FactsOf(session, prepared));
            result = plan.ToResult();
            writes = plan.Writes;
            if (writes)
            {
                Write(session, plan, prepared);
                foreach (var listener in _listeners.Current)
                {
                    listener.Committed(prepared.Commit, result);
                }
            }
        }

        RaiseIf(writes);
        return result;
    }

    private StoredFacts FactsOf(MemorySession? session, PreparedCommit prepared) =>
        new()
        {
            Session = session?.Record,
            Stream = session?.Stream ?? default,
            CurrentRun = session?.CurrentRun?.Record,
            RequestedRun = prepared.RequestId is { } requestId ? session?.FindRequest(requestId) : null,
            CommandRun = prepared.CommandRunId is { } runId ? session?.FindRun(runId) : null,
            Queue = prepared.ConcernsQueue ? [.. session?.Waiting ?? []] : [],
            NodeIsLive = prepared.Node is { } node && nodes.IsLive(node),
        };

    private void Write(MemorySession? session, CommitPlan plan, PreparedCommit prepared)
    {
        var key = prepared.Commit.Session;
        if (plan.IsNewRun && session?.RunsById.ContainsKey(plan.Run!.RunId) == true)
        {
            throw new InvalidInputException("runId", "The session has a run with this id.");
        }

        if (session is null)
        {
            session = new MemorySession(plan.Session!);
            _sessions.Add(key, session);
        }

        session.Apply(plan, prepared);
        if (session.Record.QueuedRuns > 0)
        {
            _queued.Add(key);
        }
        else
        {
            _queued.Remove(key);
        }

        Append(plan.Outbox);
        if (session.CurrentRun is { Record.Status.IsEnded: false })
        {
            _running.Add(key);
        }
        else
        {
            _running.Remove(key);
        }
    }

    private SessionCommitOutcome Delete(SessionKey key, DateTimeOffset at)
    {
        var session = Find(key);
        var outcome = SessionDeletionRules.Decide(session?.Record, session?.CurrentRun?.Record);
        if (outcome != SessionCommitOutcome.Applied)
        {
            return outcome;
        }

        _queued.Remove(key);
        _sessions[key] = new MemorySession(SessionDeletionRules.Tombstone(session!.Record, at));
        foreach (var run in session.Runs)
        {
            DeleteInstance(run);
        }

        foreach (var listener in _listeners.Current)
        {
            listener.Deleted(key);
        }

        return outcome;
    }

    private void DeleteInstance(MemoryRun run)
    {
        if (run.WorkflowName is { } workflow)
        {
            Append([SessionDeletionRules.DeleteInstance(run.Record, workflow)]);
        }
    }

    private void Append(IReadOnlyList<OutboxEntry> entries)
    {
        foreach (var entry in entries)
        {
            var id = ++_lastOutboxId;
            _outbox.Add(id, entry with { Id = id });
        }
    }

    private MemorySession? Find(SessionKey key) =>
        _sessions.GetValueOrDefault(key) is { IsDeleted: false } session ? session : null;

    private void RaiseIf(bool changed)
    {
        if (changed)
        {
            _changes.Raise();
        }
    }
}
