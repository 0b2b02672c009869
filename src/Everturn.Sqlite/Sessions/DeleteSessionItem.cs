using Everturn.Sessions;
using Everturn.Sqlite.Engine;
using Everturn.Storage;

namespace Everturn.Sqlite.Sessions;

/// <summary>Deletes a session.</summary>
/// <param name="key">The session.</param>
/// <param name="at">The time of the deletion.</param>
/// <param name="listeners">Hear of it once it is durable.</param>
internal sealed class DeleteSessionItem(SessionKey key, DateTimeOffset at, SessionListeners listeners)
    : CommitItem<SessionCommitOutcome>(CommitKind.SessionDelete)
{
    protected override SessionCommitOutcome Apply(SqliteConnection connection) =>
        new SessionDeletion(connection).Delete(key, at);

    protected override void OnDurable(SessionCommitOutcome result)
    {
        if (result == SessionCommitOutcome.Applied)
            listeners.Deleted(key);
    }
}
