namespace Everturn.Sessions;

/// <summary>What became of a commit. Everything but <see cref="Applied"/> changed nothing.</summary>
public enum SessionCommitOutcome
{
    /// <summary>It is durable.</summary>
    Applied,

    /// <summary>The session's status is not an expected one; the result has the current status and version.</summary>
    StatusConflict,

    /// <summary>The session's version is another one.</summary>
    VersionConflict,

    /// <summary>The commit would end the run, and a command is stored that its owner has not seen.</summary>
    CommandPending,

    /// <summary>The request id began a run with the same body before; the result has that run.</summary>
    RequestReplayed,

    /// <summary>The request id began a run with another body before.</summary>
    RequestMismatch,

    /// <summary>The session belongs to another agent.</summary>
    AgentMismatch,

    /// <summary>There is no such session.</summary>
    SessionNotFound,

    /// <summary>The session was deleted, and its id is not free again yet.</summary>
    SessionDeleted,

    /// <summary>The named run is not the session's current one, or has ended.</summary>
    RunNotCurrent,

    /// <summary>The session belongs to another user than the one expected.</summary>
    UserMismatch,

    /// <summary>A message that the commit names does not wait any more.</summary>
    NotQueued,

    /// <summary>As many messages wait as are accepted, see <see cref="EverturnLimits.QueuedRuns"/>.</summary>
    QueueFull,
}
