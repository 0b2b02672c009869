namespace Everturn.Sessions;

/// <summary>Hears of commits once they are durable; the source of live streams and of quick commands.</summary>
public interface ISessionCommitListener
{
    /// <summary>A commit of this process is durable.</summary>
    /// <param name="commit">What was committed.</param>
    /// <param name="result">What it did; always applied.</param>
    void Committed(SessionCommit commit, SessionCommitResult result);

    /// <summary>A session was deleted.</summary>
    /// <param name="key">The session.</param>
    void Deleted(SessionKey key);
}
