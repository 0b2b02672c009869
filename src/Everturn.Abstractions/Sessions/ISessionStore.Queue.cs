namespace Everturn.Sessions;

/// <content>Messages that wait for the run in their way.</content>
public partial interface ISessionStore
{
    /// <summary>
    /// What waits in a session, in the order in which it will begin: first what supersedes the run in its way, then the
    /// rest, each in the order of acceptance.
    /// </summary>
    /// <param name="key">The session.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    ValueTask<IReadOnlyList<QueuedRun>> GetQueueAsync(SessionKey key, CancellationToken cancellationToken = default);

    /// <summary>
    /// Sessions in which something waits, of all tenants. Usually empty, and cheap to ask: hosts look whether what waits
    /// can begin.
    /// </summary>
    /// <param name="after">Only sessions after this one; null for all.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    ValueTask<IReadOnlyList<SessionRecord>> ListQueuedSessionsAsync(
        SessionKey? after,
        int limit,
        CancellationToken cancellationToken = default
    );
}
