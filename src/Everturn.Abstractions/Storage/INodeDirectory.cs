namespace Everturn.Storage;

/// <summary>
/// Which hosts execute, and which of them died. Liveness belongs to the node, never to a run: on SQLite it is an OS
/// file lock that the kernel frees when the process ends, and a heartbeat for a process that is stopped.
/// </summary>
public interface INodeDirectory
{
    /// <summary>This process's node. The epoch changes when the node lost its place and came back.</summary>
    NodeIdentity Self { get; }

    /// <summary>
    /// Looks for nodes that are dead or silent for longer than the lease, and bumps their epoch, so that nothing they
    /// still write is accepted.
    /// </summary>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The nodes that this call declared dead, with the epoch under which they owned things.</returns>
    ValueTask<IReadOnlyList<NodeIdentity>> FenceDeadNodesAsync(CancellationToken cancellationToken = default);

    /// <summary>The nodes that nobody declared dead, each under the epoch with which it may write.</summary>
    /// <param name="cancellationToken">Stops the read.</param>
    ValueTask<IReadOnlyList<NodeIdentity>> ListLiveNodesAsync(CancellationToken cancellationToken = default);
}
