namespace Everturn.Sessions.Storage;

/// <summary>What a commit does to the messages that wait.</summary>
internal static class QueueTransition
{
    /// <summary>Whether the commit needs to know what waits.</summary>
    public static bool Concerns(SessionCommit commit) =>
        commit.Enqueue is not null || commit.Settled.Count > 0 || commit.NewRun is { WasQueued: true };

    /// <summary>The first reason to refuse; null to go on.</summary>
    public static SessionCommitOutcome? Refusal(PreparedCommit prepared, in StoredFacts facts)
    {
        var commit = prepared.Commit;
        if (commit.Enqueue is not null)
        {
            return !IsBusy(facts) ? SessionCommitOutcome.StatusConflict
                : facts.Queue.Count >= prepared.QueueLimit ? SessionCommitOutcome.QueueFull
                : null;
        }

        if (commit.NewRun is { } run)
        {
            // A turn does not begin before those that wait for theirs; to go on with the current one is another matter.
            return run.WasQueued ? (Find(facts, run.RunId) is null ? SessionCommitOutcome.NotQueued : null)
                : run.Trigger == RunTrigger.Execute && facts.Session is { QueuedRuns: > 0 }
                    ? SessionCommitOutcome.StatusConflict
                : null;
        }

        for (var index = 0; index < commit.Settled.Count; index++)
        {
            if (Find(facts, commit.Settled[index].RunId) is null)
            {
                return SessionCommitOutcome.NotQueued;
            }
        }

        return null;
    }

    /// <summary>The row of a message that begins to wait.</summary>
    public static QueuedRun? Enqueued(PreparedCommit prepared, in StoredFacts facts) =>
        prepared.Commit.Enqueue is { } queued
            ? queued with
            {
                Session = prepared.Commit.Session,
                Position = facts.Session!.Version + 1,
                TargetRunId = facts.CurrentRun!.RunId,
                TargetTurn = facts.CurrentRun.Turn,
                AgentType = facts.Session.AgentType,
                Status = RunStatus.Queued,
                CreatedAt = prepared.At,
            }
            : null;

    /// <summary>The rows of messages that wait no more.</summary>
    public static IReadOnlyList<QueuedRun> Settled(PreparedCommit prepared, in StoredFacts facts)
    {
        var commit = prepared.Commit;
        if (commit.Settled.Count == 0)
        {
            return [];
        }

        var settled = new QueuedRun[commit.Settled.Count];
        for (var index = 0; index < settled.Length; index++)
        {
            var settlement = commit.Settled[index];
            settled[index] = Find(facts, settlement.RunId)! with
            {
                Status = settlement.Status,
                JoinedRunId = settlement.Status == RunStatus.Joined ? commit.RunId : null,
                Reason = settlement.Reason,
                Error = settlement.Error,
                EndedAt = prepared.At,
                Messages = [],
                StateChange = default,
            };
        }

        return settled;
    }

    /// <summary>How many wait after the commit.</summary>
    public static int Count(SessionCommit commit, SessionRecord before) =>
        before.QueuedRuns
        + (commit.Enqueue is null ? 0 : 1)
        - commit.Settled.Count
        - (commit.NewRun is { WasQueued: true } ? 1 : 0);

    private static bool IsBusy(in StoredFacts facts) =>
        facts is { Session: not null, CurrentRun: { } run }
        && (!run.Status.IsEnded || run.Status.IsSuspended || facts.Session.QueuedRuns > 0);

    private static QueuedRun? Find(in StoredFacts facts, string runId)
    {
        var queue = facts.Queue;
        for (var index = 0; index < queue.Count; index++)
        {
            if (queue[index].RunId == runId)
            {
                return queue[index];
            }
        }

        return null;
    }
}
