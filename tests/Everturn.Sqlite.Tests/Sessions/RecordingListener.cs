using System.Collections.Concurrent;
using Everturn.Sessions;

namespace Everturn.Sqlite.Tests.Sessions;

internal sealed class RecordingListener : ISessionCommitListener
{
    public ConcurrentQueue<(SessionCommit Commit, SessionCommitResult Result)> Committed { get; } = new();

    public ConcurrentQueue<SessionKey> Deleted { get; } = new();

    void ISessionCommitListener.Committed(SessionCommit commit, SessionCommitResult result) =>
        Committed.Enqueue((commit, result));

    void ISessionCommitListener.Deleted(SessionKey key) => Deleted.Enqueue(key);
}
