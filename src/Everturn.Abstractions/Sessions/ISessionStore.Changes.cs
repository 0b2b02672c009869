using Everturn.Storage;

namespace Everturn.Sessions;

/// <content>Commits that many need, by name.</content>
public partial interface ISessionStore
{
    /// <summary>Sets the status if it is an expected one: a commit with a guard and nothing else.</summary>
    /// <param name="key">The session.</param>
    /// <param name="expected">Acceptable current statuses.</param>
    /// <param name="status">The new one.</param>
    /// <param name="at">The time of the change.</param>
    /// <param name="cancellationToken">Stops waiting for a place in the queue.</param>
    /// <exception cref="SessionNotFoundException">There is no such session.</exception>
    async ValueTask<CompareAndSetResult> CompareAndSetStatusAsync(
        SessionKey key,
        IReadOnlyList<SessionStatus> expected,
        SessionStatus status,
        DateTimeOffset at,
        CancellationToken cancellationToken = default
    )
    {
        var result = await CommitAsync(
                new()
                {
                    Session = key,
                    Kind = CommitKind.SessionUpdate,
                    At = at,
                    ExpectedStatuses = expected,
                    SessionChange = new() { Status = status },
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        return result.Session is { DeletedAt: null } session
            ? new(result.IsApplied, session.Status, session.Version)
            : throw new SessionNotFoundException(key.SessionId);
    }

    /// <summary>Changes a session's own fields: title, user, tags, metadata, expiry.</summary>
    /// <param name="key">The session.</param>
    /// <param name="change">What changes; what is null stays.</param>
    /// <param name="at">The time of the change.</param>
    /// <param name="cancellationToken">Stops waiting for a place in the queue.</param>
    /// <returns>The session after the change.</returns>
    /// <exception cref="InvalidInputException">A field is over its limit; nothing was changed.</exception>
    /// <exception cref="SessionNotFoundException">There is no such session.</exception>
    async ValueTask<SessionRecord> ChangeSessionAsync(
        SessionKey key,
        SessionChange change,
        DateTimeOffset at,
        CancellationToken cancellationToken = default
    )
    {
        var result = await CommitAsync(
                new()
                {
                    Session = key,
                    Kind = CommitKind.SessionUpdate,
                    At = at,
                    SessionChange = change,
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        return result.IsApplied ? result.Session! : throw new SessionNotFoundException(key.SessionId);
    }
}
