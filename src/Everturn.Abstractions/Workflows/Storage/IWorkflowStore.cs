using Everturn.Storage;

namespace Everturn.Workflows.Storage;

/// <summary>
/// Where the embedded engine keeps its instances. Not what users call: that is <see cref="IWorkflowEngine"/>.
/// </summary>
/// <remarks>
/// Each verb is one transaction: it happens as a whole or not at all, and it is durable when the returned task ends
/// well. Verbs on different instances are independent of each other, so that a store may group them. A write whose
/// outcome is unknown because the store failed throws <see cref="OutcomeUnknownException"/>. A token that is cancelled
/// after a write was accepted does not stop the write. Timestamps are UTC milliseconds. The conformance kit
/// (<c>Everturn.Testing</c>) checks all that is said here.
/// </remarks>
public partial interface IWorkflowStore
{
    /// <summary>Tells of commits of all processes that share the store.</summary>
    IChangeSignal Changes { get; }

    /// <summary>
    /// Creates an instance. Its id is used up from then on, also after it has ended, until it is deleted. If it exists
    /// and both creations carry the same token, the existing instance is returned and nothing is changed.
    /// </summary>
    /// <param name="instance">The instance, and who owns it from the start.</param>
    /// <param name="cancellationToken">Stops waiting for acceptance.</param>
    /// <exception cref="InstanceAlreadyExistsException">The id was used with another token, or without one.</exception>
    /// <exception cref="OwnershipLostException">The node that was to own it has been declared dead.</exception>
    ValueTask<CreatedInstance> CreateAsync(NewInstance instance, CancellationToken cancellationToken = default);

    /// <summary>Creates instances in order, all in one transaction. Keys that exist, or repeat, are skipped.</summary>
    /// <param name="instances">The instances; none has a token.</param>
    /// <param name="cancellationToken">Stops waiting for acceptance.</param>
    /// <returns>Those that are new, in order.</returns>
    /// <exception cref="OwnershipLostException">The node that was to own one has been declared dead; nothing is created.</exception>
    ValueTask<IReadOnlyList<InstanceRecord>> CreateBatchAsync(
        IReadOnlyList<NewInstance> instances,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Notes a firing of a schedule and creates its instance, in one transaction; does nothing if this or a later time of
    /// the schedule was noted before.
    /// </summary>
    /// <param name="firing">The firing.</param>
    /// <param name="cancellationToken">Stops waiting for acceptance.</param>
    /// <returns>The new instance; null if nothing was created.</returns>
    ValueTask<InstanceRecord?> FireAsync(ScheduledInstance firing, CancellationToken cancellationToken = default);

    /// <summary>The last time of a schedule that was noted.</summary>
    /// <param name="workflow">The schedule's workflow.</param>
    /// <param name="cron">Its expression.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>The time, or null if there is none.</returns>
    ValueTask<DateTimeOffset?> LastFiringAsync(
        string workflow,
        string cron,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Takes instances that nobody owns and that are due, as far as the limits of their workflows go: they become running and are owned by the claiming node, with a
    /// higher <see cref="InstanceRecord.OwnerEpoch"/> and <see cref="InstanceRecord.ClaimCount"/>. Of two nodes that
    /// claim at once, each instance goes to one.
    /// </summary>
    /// <param name="request">Who claims what.</param>
    /// <param name="cancellationToken">Stops waiting for acceptance.</param>
    /// <returns>The claimed instances.</returns>
    /// <exception cref="OwnershipLostException">The node has been declared dead.</exception>
    ValueTask<IReadOnlyList<InstanceRecord>> ClaimAsync(
        ClaimRequest request,
        CancellationToken cancellationToken = default
    );

    /// <summary>Stores a transition by the instance's owner: all of it, or nothing.</summary>
    /// <param name="commit">The transition.</param>
    /// <param name="cancellationToken">Stops waiting for acceptance.</param>
    /// <exception cref="OwnershipLostException">
    /// The fence does not fit: another node owns the instance, it was terminated or deleted, or the node was declared dead.
    /// </exception>
    ValueTask CommitAsync(InstanceCommit commit, CancellationToken cancellationToken = default);

    /// <summary>Stores an event. If nobody owns the instance and it is waiting, it can be claimed at once.</summary>
    /// <param name="newEvent">The event.</param>
    /// <param name="cancellationToken">Stops waiting for acceptance.</param>
    /// <returns>The event's number.</returns>
    /// <exception cref="InstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="InstanceFinishedException">The instance has ended.</exception>
    ValueTask<long> AppendEventAsync(NewEvent newEvent, CancellationToken cancellationToken = default);

    /// <summary>
    /// Asks for a pause. An instance that nobody owns becomes paused at once; an owned one is waitingForPause until its
    /// owner gives it up. One that is paused or waitingForPause stays as it is.
    /// </summary>
    /// <param name="key">The instance.</param>
    /// <param name="at">Now: UTC, to the millisecond.</param>
    /// <param name="cancellationToken">Stops waiting for acceptance.</param>
    /// <exception cref="InstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="InstanceFinishedException">The instance has ended.</exception>
    ValueTask PauseAsync(InstanceKey key, DateTimeOffset at, CancellationToken cancellationToken = default);

    /// <summary>
    /// Ends a pause: the due times of the pending records move by its length, except those of calls to somebody outside, and the instance is queued and can be
    /// claimed at once. One that is waitingForPause becomes running; others stay as they are.
    /// </summary>
    /// <param name="key">The instance.</param>
    /// <param name="at">Now: UTC, to the millisecond.</param>
    /// <param name="cancellationToken">Stops waiting for acceptance.</param>
    /// <exception cref="InstanceNotFoundException">There is no such instance.</exception>
    ValueTask ResumeAsync(InstanceKey key, DateTimeOffset at, CancellationToken cancellationToken = default);

    /// <summary>Ends an instance as terminated and takes it from its owner, whose later commits are refused; or asks for that with rollback.</summary>
    /// <param name="termination">Which, and how.</param>
    /// <param name="cancellationToken">Stops waiting for acceptance.</param>
    /// <exception cref="InstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="InstanceFinishedException">The instance has ended.</exception>
    ValueTask TerminateAsync(InstanceTermination termination, CancellationToken cancellationToken = default);

    /// <summary>
    /// Makes an instance run again: takes it from its owner, removes its journal and log from a step on or as a whole,
    /// and queues it.
    /// </summary>
    /// <param name="restart">Which, and from where.</param>
    /// <param name="cancellationToken">Stops waiting for acceptance.</param>
    /// <exception cref="InstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="InstanceConflictException">The step is not in the journal; nothing is changed.</exception>
    ValueTask RestartAsync(InstanceRestart restart, CancellationToken cancellationToken = default);

    /// <summary>Removes an instance with all that is remembered of it, whatever its status. Its id can be used again.</summary>
    /// <param name="key">The instance.</param>
    /// <param name="notify">Sent with the removal, unless the instance or the receiver has ended or is gone; null for nothing.</param>
    /// <param name="cancellationToken">Stops waiting for acceptance.</param>
    /// <exception cref="InstanceNotFoundException">There is no such instance.</exception>
    ValueTask DeleteAsync(InstanceKey key, NewEvent? notify = null, CancellationToken cancellationToken = default);

    /// <summary>Removes instances whose time is over, and large values that nothing names any more.</summary>
    /// <param name="now">Now: UTC, to the millisecond.</param>
    /// <param name="limit">At most about this many of each.</param>
    /// <param name="cancellationToken">Stops waiting for acceptance.</param>
    /// <returns>How many instances were removed; if it is the limit, there may be more.</returns>
    ValueTask<int> SweepAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default);

    /// <summary>
    /// Makes every instance claimable at once whose owner is not a current node in its current epoch; one that is
    /// waitingForPause becomes paused instead. Called at start-up and when a node was declared dead.
    /// </summary>
    /// <param name="now">Now: UTC, to the millisecond.</param>
    /// <param name="cancellationToken">Stops waiting for acceptance.</param>
    /// <returns>How many there were.</returns>
    ValueTask<int> ReleaseOrphansAsync(DateTimeOffset now, CancellationToken cancellationToken = default);

    /// <summary>Reads an instance without its journal.</summary>
    /// <param name="key">The instance.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>The instance, or null if there is none.</returns>
    ValueTask<InstanceRecord?> FindAsync(InstanceKey key, CancellationToken cancellationToken = default);

    /// <summary>Reads an instance with its journal and the events that no wait has received.</summary>
    /// <param name="key">The instance.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>The instance, or null if there is none.</returns>
    ValueTask<InstanceHistory?> ReadAsync(InstanceKey key, CancellationToken cancellationToken = default);

    /// <summary>The instances that a node owns, with their owner epochs: what the node must not execute is not among them.</summary>
    /// <param name="node">The node in its epoch.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    ValueTask<IReadOnlyList<OwnedInstance>> ReadOwnedAsync(
        NodeIdentity node,
        CancellationToken cancellationToken = default
    );

    /// <summary>Lists instances by time of creation, then workflow, then id, descending.</summary>
    /// <param name="query">Which, and from where on.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>At most <see cref="InstanceQuery.Limit"/> instances.</returns>
    ValueTask<IReadOnlyList<InstanceRecord>> ListAsync(
        InstanceQuery query,
        CancellationToken cancellationToken = default
    );

    /// <summary>Counts the instances of a workflow by status.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="workflow">The workflow.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    ValueTask<IReadOnlyDictionary<InstanceStatus, long>> CountAsync(
        string tenant,
        string workflow,
        CancellationToken cancellationToken = default
    );

    /// <summary>Reads an instance's log.</summary>
    /// <param name="key">The instance.</param>
    /// <param name="after">Only entries with a higher number.</param>
    /// <param name="limit">About how many; a commit's entries come together.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>The entries by number; none if there is no such instance.</returns>
    ValueTask<IReadOnlyList<StoredLogEntry>> ReadLogAsync(
        InstanceKey key,
        long after,
        int limit,
        CancellationToken cancellationToken = default
    );

    /// <summary>Reads one record of a journal.</summary>
    /// <param name="key">The instance.</param>
    /// <param name="step">The step.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>The record, or null if there is none.</returns>
    ValueTask<JournalRecord?> FindRecordAsync(
        InstanceKey key,
        JournalKey step,
        CancellationToken cancellationToken = default
    );

    /// <summary>Reads a piece of what a streaming step produced.</summary>
    /// <param name="key">The instance.</param>
    /// <param name="step">The step.</param>
    /// <param name="attempt">The attempt that produced it.</param>
    /// <param name="index">Its place, from 0.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>The bytes, or null if there are none.</returns>
    ValueTask<Payload?> ReadChunkAsync(
        InstanceKey key,
        JournalKey step,
        int attempt,
        int index,
        CancellationToken cancellationToken = default
    );

    /// <summary>The earliest time at which one of these workflows has an instance to claim; those at their limit have none.</summary>
    /// <param name="workflows">The workflows.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>The time, possibly past, or null if there is none.</returns>
    ValueTask<DateTimeOffset?> NextDueAsync(
        IReadOnlyCollection<ClaimableWorkflow> workflows,
        CancellationToken cancellationToken = default
    );
}
