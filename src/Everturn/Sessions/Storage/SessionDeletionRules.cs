namespace Everturn.Sessions.Storage;

/// <summary>What the deletion of a session means, for every store.</summary>
public static class SessionDeletionRules
{
    /// <summary>Whether a session can be deleted.</summary>
    /// <param name="session">Its row; null for none.</param>
    /// <param name="currentRun">Its current run; null before the first.</param>
    public static SessionCommitOutcome Decide(SessionRecord? session, RunRecord? currentRun) =>
        session is not { DeletedAt: null } ? SessionCommitOutcome.SessionNotFound
        : currentRun is { Status.IsEnded: false } ? SessionCommitOutcome.StatusConflict
        : SessionCommitOutcome.Applied;

    /// <summary>The row that stays: the id, so that it is not used again, and nothing that a person wrote.</summary>
    /// <param name="session">The session's row.</param>
    /// <param name="at">The time of the deletion.</param>
    public static SessionRecord Tombstone(SessionRecord session, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(session);
        return new()
        {
            Key = session.Key,
            AgentType = session.AgentType,
            Status = session.Status,
            Version = session.Version + 1,
            CreatedAt = session.CreatedAt,
            UpdatedAt = StoredTime.Of(at),
            DeletedAt = StoredTime.Of(at),
        };
    }

    /// <summary>
    /// The outbox entry for a run that goes and that a workflow instance carried: of a deleted session, or one that the
    /// sweeper removes.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="workflowName">The workflow it was started with, see <see cref="NewRun.WorkflowName"/>.</param>
    public static OutboxEntry DeleteInstance(RunRecord run, string workflowName)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new()
        {
            Session = run.Session,
            Kind = OutboxKind.DeleteInstance,
            InstanceId = run.InstanceId,
            Token = run.RunId,
            WorkflowName = workflowName,
        };
    }
}
