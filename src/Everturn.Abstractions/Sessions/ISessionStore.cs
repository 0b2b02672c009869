using Everturn.Storage;
using Everturn.Streaming;
using Everturn.Usage;

namespace Everturn.Sessions;

/// <summary>
/// The only truth about sessions and runs. Facts change by <see cref="CommitAsync"/> alone: atomic per commit,
/// independent between commits. Nothing that is not durable is ever returned. Every implementation passes the public
/// conformance kit in Everturn.Testing.
/// </summary>
public partial interface ISessionStore : IStreamStore, IUsageStore
{
    /// <summary>Applies a commit. When it returns, the commit is durable. The caller's token is ignored once it is queued.</summary>
    /// <param name="commit">What changes.</param>
    /// <param name="cancellationToken">Stops waiting for a place in the queue.</param>
    /// <exception cref="InvalidInputException">Something in it is over a limit.</exception>
    /// <exception cref="OwnershipLostException">The fence is not the stored owner.</exception>
    /// <exception cref="OutcomeUnknownException">The store failed while the commit was under way.</exception>
    /// <exception cref="StoreUnavailableException">The store refuses work; nothing was written.</exception>
    ValueTask<SessionCommitResult> CommitAsync(SessionCommit commit, CancellationToken cancellationToken = default);

    /// <summary>A session; null if there is none or it was deleted.</summary>
    /// <param name="key">The session.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    ValueTask<SessionRecord?> GetSessionAsync(SessionKey key, CancellationToken cancellationToken = default);

    /// <summary>Sessions, newest first.</summary>
    /// <param name="query">Which.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    ValueTask<Page<SessionRecord>> ListSessionsAsync(SessionQuery query, CancellationToken cancellationToken = default);

    /// <summary>Deletes a session and all it holds, leaving a tombstone, and asks through the outbox that its instances go.</summary>
    /// <param name="key">The session.</param>
    /// <param name="at">The time of the deletion.</param>
    /// <param name="cancellationToken">Stops waiting for a place in the queue.</param>
    /// <returns>
    /// <see cref="SessionCommitOutcome.Applied"/>, <see cref="SessionCommitOutcome.SessionNotFound"/>, or
    /// <see cref="SessionCommitOutcome.StatusConflict"/> while a run is running.
    /// </returns>
    ValueTask<SessionCommitOutcome> DeleteSessionAsync(
        SessionKey key,
        DateTimeOffset at,
        CancellationToken cancellationToken = default
    );

    /// <summary>The session's newest run, through which handle, status and interrupt go; null before the first.</summary>
    /// <param name="key">The session.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    ValueTask<RunRecord?> GetCurrentRunAsync(SessionKey key, CancellationToken cancellationToken = default);

    /// <summary>A run; null if there is none.</summary>
    /// <param name="key">The session.</param>
    /// <param name="runId">The run.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    ValueTask<RunRecord?> GetRunAsync(SessionKey key, string runId, CancellationToken cancellationToken = default);

    /// <summary>The run that a request id began; null if there is none, or the id has expired.</summary>
    /// <param name="key">The session.</param>
    /// <param name="requestId">The caller's id of the request.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    ValueTask<RunRecord?> GetRunByRequestAsync(
        SessionKey key,
        string requestId,
        CancellationToken cancellationToken = default
    );

    /// <summary>The custom state with which a run began, its own input in it; empty where there was none.</summary>
    /// <param name="key">The session.</param>
    /// <param name="runId">The run.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>JSON; null where there is no such run.</returns>
    ValueTask<ReadOnlyMemory<byte>?> GetStartStateAsync(
        SessionKey key,
        string runId,
        CancellationToken cancellationToken = default
    );

    /// <summary>Runs of a session, oldest first.</summary>
    /// <param name="key">The session.</param>
    /// <param name="page">Which page.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    ValueTask<Page<RunRecord>> ListRunsAsync(
        SessionKey key,
        PageRequest page,
        CancellationToken cancellationToken = default
    );

    /// <summary>Runs in status <c>running</c>, of all sessions, oldest first: for recovery and reconciliation.</summary>
    /// <param name="runtime">Only those carried by this runtime.</param>
    /// <param name="owner">Only those owned under this very node epoch; null for any owner and none.</param>
    /// <param name="page">Which page.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    ValueTask<Page<RunRecord>> ListRunningAsync(
        string runtime,
        NodeIdentity? owner,
        PageRequest page,
        CancellationToken cancellationToken = default
    );

    /// <summary>Messages of a transcript, oldest first.</summary>
    /// <param name="key">The session.</param>
    /// <param name="offset">Index of the first, from 0.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    ValueTask<MessagePage> GetMessagesAsync(
        SessionKey key,
        int offset,
        int limit,
        CancellationToken cancellationToken = default
    );

    /// <summary>Messages that are no part of the transcript any more, in the order in which they became void.</summary>
    /// <param name="key">The session.</param>
    /// <param name="page">Which page.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    ValueTask<Page<VoidedMessage>> ListVoidedMessagesAsync(
        SessionKey key,
        PageRequest page,
        CancellationToken cancellationToken = default
    );

    /// <summary>The session as of one moment; null if there is none.</summary>
    /// <param name="key">The session.</param>
    /// <param name="messageLimit">How many of the newest messages; 0 for none, <see cref="int.MaxValue"/> for all.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    ValueTask<SessionSnapshot?> GetSnapshotAsync(
        SessionKey key,
        int messageLimit,
        CancellationToken cancellationToken = default
    );

    /// <summary>Tool calls of a run, by step and index.</summary>
    /// <param name="key">The session.</param>
    /// <param name="runId">The run.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    ValueTask<IReadOnlyList<ToolCallRecord>> GetToolCallsAsync(
        SessionKey key,
        string runId,
        CancellationToken cancellationToken = default
    );

    /// <summary>A checkpoint; null if there is none.</summary>
    /// <param name="key">The session.</param>
    /// <param name="checkpointId">The checkpoint.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    ValueTask<CheckpointRecord?> GetCheckpointAsync(
        SessionKey key,
        string checkpointId,
        CancellationToken cancellationToken = default
    );

    /// <summary>Checkpoints of a session, newest first, also those that are void.</summary>
    /// <param name="key">The session.</param>
    /// <param name="page">Which page.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    ValueTask<Page<CheckpointRecord>> ListCheckpointsAsync(
        SessionKey key,
        PageRequest page,
        CancellationToken cancellationToken = default
    );

    /// <summary>Commands for a run after a revision, oldest first.</summary>
    /// <param name="key">The session.</param>
    /// <param name="runId">The run.</param>
    /// <param name="afterRevision">The last one already seen; 0 for all.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    ValueTask<IReadOnlyList<CommandRecord>> GetCommandsAsync(
        SessionKey key,
        string runId,
        int afterRevision,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Commands for runs that are still running, of all sessions, oldest first. Usually empty, and cheap to ask: owners
    /// poll it whenever another process changed the store.
    /// </summary>
    /// <param name="cancellationToken">Stops the read.</param>
    ValueTask<IReadOnlyList<CommandRecord>> ListOpenCommandsAsync(CancellationToken cancellationToken = default);

    /// <summary>The oldest outbox entries.</summary>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    ValueTask<IReadOnlyList<OutboxEntry>> ListOutboxAsync(int limit, CancellationToken cancellationToken = default);

    /// <summary>The oldest outbox entries of one kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="afterId">Only those after this <see cref="OutboxEntry.Id"/>; 0 for all.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    ValueTask<IReadOnlyList<OutboxEntry>> ListOutboxAsync(
        OutboxKind kind,
        long afterId,
        int limit,
        CancellationToken cancellationToken = default
    );

    /// <summary>Removes entries that were carried out.</summary>
    /// <param name="ids">Their <see cref="OutboxEntry.Id"/>.</param>
    /// <param name="cancellationToken">Stops waiting for a place in the queue.</param>
    ValueTask CompleteOutboxAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken = default);

    /// <summary>Listens to this process's own commits, in their order per session, right after each is durable.</summary>
    /// <param name="listener">Must return at once and never throw.</param>
    /// <returns>Dispose it to stop listening.</returns>
    IDisposable Listen(ISessionCommitListener listener);

    /// <summary>Hints that any process that shares the store committed something.</summary>
    IChangeSignal Changes { get; }

    /// <summary>Removes what has expired, at most <see cref="SweepRequest.Limit"/> rows.</summary>
    /// <param name="request">What counts as expired.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    /// <returns>How many rows went; as many as the limit means that there may be more.</returns>
    ValueTask<int> SweepAsync(SweepRequest request, CancellationToken cancellationToken = default);
}
