using Everturn.Sessions;

namespace Everturn.Workflows.Storage;

/// <content>
/// What instances ask somebody outside for. A row is stored with the journal record of its step
/// (<see cref="InstanceCommit.Calls"/>) and lives as long as its instance. One that waits is withdrawn in the transaction
/// in which nobody waits for it any more: its instance ends, is terminated, or is restarted without its step. A restart
/// that keeps the waiting step makes it pending again.
/// </content>
public partial interface IWorkflowStore
{
    /// <summary>Reads a call.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="approvalId">Its id.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>The call, or null if there is none.</returns>
    ValueTask<PendingCallRecord?> FindCallAsync(
        string tenant,
        string approvalId,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Lists calls with a status by when they were asked, then by id. One with an
    /// <see cref="PendingCallQuery.AgentType"/> or a <see cref="PendingCallQuery.SessionId"/> finds none.
    /// </summary>
    /// <param name="query">Which. Its cursor may be of any list of calls.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    ValueTask<Page<PendingCallRecord>> ListCallsAsync(
        PendingCallQuery query,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Stores the outcome of a call and the event that brings it to the instance, if the call is still pending. The event
    /// wakes the instance like any other.
    /// </summary>
    /// <param name="decided">The call with its outcome.</param>
    /// <param name="outcome">The event.</param>
    /// <param name="cancellationToken">Stops waiting for acceptance.</param>
    /// <returns>False if the call is not there or not pending any more, and nothing was changed.</returns>
    ValueTask<bool> DecideCallAsync(
        PendingCallRecord decided,
        NewEvent outcome,
        CancellationToken cancellationToken = default
    );
}
