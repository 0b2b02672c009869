namespace Everturn.Sessions;

/// <content>What suspended runs wait for.</content>
public partial interface ISessionStore
{
    /// <summary>What a suspended run needs to go on; null where it never was suspended.</summary>
    /// <param name="key">The session.</param>
    /// <param name="runId">The run; usually the current one.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    ValueTask<SuspensionRecord?> GetSuspensionAsync(
        SessionKey key,
        string runId,
        CancellationToken cancellationToken = default
    );

    /// <summary>A call that waits, or waited, for somebody outside; null if there is none.</summary>
    /// <param name="key">The session.</param>
    /// <param name="approvalId">Its id.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    ValueTask<PendingCallRecord?> GetPendingCallAsync(
        SessionKey key,
        string approvalId,
        CancellationToken cancellationToken = default
    );

    /// <summary>Calls of a run that wait, or waited, for somebody outside, by id.</summary>
    /// <param name="key">The session.</param>
    /// <param name="runId">The run.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    ValueTask<IReadOnlyList<PendingCallRecord>> GetPendingCallsAsync(
        SessionKey key,
        string runId,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Pending calls of all sessions of a tenant with a status, by when they were asked, then by session and id. Those of
    /// workflows are not among them: a query with a <see cref="PendingCallQuery.Workflow"/> finds none.
    /// </summary>
    /// <param name="query">Which. Its cursor may be of any list of calls.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    ValueTask<Page<PendingCallRecord>> ListPendingCallsAsync(
        PendingCallQuery query,
        CancellationToken cancellationToken = default
    );

    /// <summary>A call that waits, or waited, for somebody outside, whatever its session; null if there is none.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="approvalId">Its id; where several sessions have it, one of them is given.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    ValueTask<PendingCallRecord?> FindPendingCallAsync(
        string tenant,
        string approvalId,
        CancellationToken cancellationToken = default
    );

    /// <summary>Pending calls of a session, for all its runs, with this id of the model's, those asked last first.</summary>
    /// <param name="key">The session.</param>
    /// <param name="toolCallId">The model's id of the call.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    ValueTask<IReadOnlyList<PendingCallRecord>> GetPendingCallsOfToolCallAsync(
        SessionKey key,
        string toolCallId,
        CancellationToken cancellationToken = default
    );

    /// <summary>Approved calls of a session whose <see cref="PendingCallRecord.GrantedUntil"/> is later than a time.</summary>
    /// <param name="key">The session.</param>
    /// <param name="at">The time.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    ValueTask<IReadOnlyList<PendingCallRecord>> ListGrantsAsync(
        SessionKey key,
        DateTimeOffset at,
        CancellationToken cancellationToken = default
    );

    /// <summary>Unanswered calls of all tenants whose time is over, those that expired first first.</summary>
    /// <param name="at">The time.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    ValueTask<IReadOnlyList<PendingCallRecord>> ListExpiredCallsAsync(
        DateTimeOffset at,
        int limit,
        CancellationToken cancellationToken = default
    );
}
