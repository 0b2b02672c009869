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
public interface IWorkflowStore
{
    /// <summary>
    /// Creates an instance. Its id is used up from then on, also after it has ended, until it is deleted. If it exists
    /// and both creations carry the same token, the existing instance is returned and nothing is changed.
    /// </summary>
    /// <param name="instance">The instance, and who owns it from the start.</param>
    /// <param name="cancellationToken">Stops waiting for acceptance.</param>
    /// <exception cref="InstanceAlreadyExistsException">The id was used with another token, or without one.</exception>
    /// <exception cref="OwnershipLostException">The node that was to own it has been declared dead.</exception>
    ValueTask<CreatedInstance> CreateAsync(NewInstance instance, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes instances that nobody owns and that are due: they become running and are owned by the claiming node, with a
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

    /// <summary>Ends an instance as terminated and takes it from its owner, whose later commits are refused.</summary>
    /// <param name="key">The instance.</param>
    /// <param name="at">Now: UTC, to the millisecond.</param>
    /// <param name="cancellationToken">Stops waiting for acceptance.</param>
    /// <exception cref="InstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="InstanceFinishedException">The instance has ended.</exception>
    ValueTask TerminateAsync(InstanceKey key, DateTimeOffset at, CancellationToken cancellationToken = default);

    /// <summary>Removes an instance with its journal and events, whatever its status. Its id can be used again.</summary>
    /// <param name="key">The instance.</param>
    /// <param name="cancellationToken">Stops waiting for acceptance.</param>
    /// <exception cref="InstanceNotFoundException">There is no such instance.</exception>
    ValueTask DeleteAsync(InstanceKey key, CancellationToken cancellationToken = default);

    /// <summary>
    /// Makes every instance claimable at once whose owner is not a current node in its current epoch. Called at start-up
    /// and when a node was declared dead.
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

    /// <summary>The earliest time at which one of these workflows has an instance to claim.</summary>
    /// <param name="workflows">The workflows.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>The time, possibly past, or null if there is none.</returns>
    ValueTask<DateTimeOffset?> NextDueAsync(
        IReadOnlyCollection<string> workflows,
        CancellationToken cancellationToken = default
    );
}
