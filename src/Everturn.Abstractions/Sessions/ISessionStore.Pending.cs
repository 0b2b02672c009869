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

    /// <summary>Pending calls of all sessions of a tenant with a status, those asked first first.</summary>
    /// <param name="query">Which.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    ValueTask<Page<PendingCallRecord>> ListPendingCallsAsync(
        PendingCallQuery query,
        CancellationToken cancellationToken = default
    );
}
