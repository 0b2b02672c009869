using Everturn.Storage;

namespace Everturn.Sessions.Storage;

/// <summary>
/// A commit that is within the limits, with its messages encoded: all that can be done before the store's writer is
/// asked. It names the rows that <see cref="SessionCommitRules.Decide"/> needs.
/// </summary>
public sealed class PreparedCommit
{
    internal PreparedCommit(
        SessionCommit commit,
        DateTimeOffset at,
        IReadOnlyList<EncodedMessage> messages,
        int queueLimit
    )
    {
        Commit = commit;
        QueueLimit = queueLimit;
        At = at;
        Messages = messages;
        IsCommandOnly = commit.Command is not null && !CommitShape.HasOtherEffect(commit);
    }

    /// <summary>The commit.</summary>
    public SessionCommit Commit { get; }

    /// <summary>The commit's time in whole milliseconds, UTC.</summary>
    public DateTimeOffset At { get; }

    /// <summary>The messages to append.</summary>
    public IReadOnlyList<EncodedMessage> Messages { get; }

    /// <summary>The node whose place must be checked for <see cref="StoredFacts.NodeIsLive"/>; null for none.</summary>
    public NodeIdentity? Node => Commit.Fence?.Node ?? Commit.Claim ?? Commit.NewRun?.Owner;

    /// <summary>The request id to be looked up for <see cref="StoredFacts.RequestedRun"/>; null for none.</summary>
    public string? RequestId => Commit.NewRun is { WasQueued: false } run ? run.RequestId : Commit.Enqueue?.RequestId;

    /// <summary>Whether the waiting messages must be looked up for <see cref="StoredFacts.Queue"/>.</summary>
    public bool ConcernsQueue => QueueTransition.Concerns(Commit);

    /// <summary>
    /// The run to be looked up for <see cref="StoredFacts.CommandRun"/> where it is not the current one; null for none.
    /// </summary>
    public string? CommandRunId => Commit.Command?.RunId;

    internal bool IsCommandOnly { get; }

    internal int QueueLimit { get; }
}
