namespace Everturn.Sessions.Storage;

/// <summary>The checks of a commit against the stored rows, in the order that <see cref="SessionCommit"/> states.</summary>
internal static class CommitGuards
{
    /// <summary>The first reason to refuse; null to go on.</summary>
    /// <exception cref="OwnershipLostException">The node lost its place, or the fence is not the run's owner.</exception>
    public static SessionCommitOutcome? Refusal(PreparedCommit prepared, in StoredFacts facts)
    {
        var commit = prepared.Commit;
        if (Existence(commit, facts) is { } missing)
        {
            return missing;
        }

        if (commit.ExpectedUserId is { } user && facts.Session is { } owned && owned.UserId != user)
        {
            return SessionCommitOutcome.UserMismatch;
        }

        if (facts.RequestedRun is { } earlier)
        {
            return earlier.BodyHash == (commit.NewRun?.BodyHash ?? commit.Enqueue?.BodyHash)
                ? SessionCommitOutcome.RequestReplayed
                : SessionCommitOutcome.RequestMismatch;
        }

        if (commit.NewSession is { } wanted && facts.Session is { } there && wanted.AgentType != there.AgentType)
        {
            return SessionCommitOutcome.AgentMismatch;
        }

        CheckOwner(prepared, facts);
        if (!NamesCurrentRun(prepared, facts))
        {
            return SessionCommitOutcome.RunNotCurrent;
        }

        if (facts.Session is { } session && !HasExpectedStatus(commit, session, facts.CurrentRun))
        {
            return SessionCommitOutcome.StatusConflict;
        }

        if (QueueTransition.Refusal(prepared, facts) is { } queue)
        {
            return queue;
        }

        if (commit.ExpectedVersion is { } version && version != (facts.Session?.Version ?? 0))
        {
            return SessionCommitOutcome.VersionConflict;
        }

        return
            commit.RunChange is { Status.IsEnded: true, SeenCommandRevision: { } seen }
            && facts.CurrentRun!.CommandRevision > seen
            ? SessionCommitOutcome.CommandPending
            : null;
    }

    private static SessionCommitOutcome? Existence(SessionCommit commit, in StoredFacts facts) =>
        facts.Session is { DeletedAt: not null } ? SessionCommitOutcome.SessionDeleted
        : facts.Session is null && commit.NewSession is null ? SessionCommitOutcome.SessionNotFound
        : null;

    private static void CheckOwner(PreparedCommit prepared, in StoredFacts facts)
    {
        if (prepared.Node is { } node && !facts.NodeIsLive)
        {
            throw new OwnershipLostException($"node {node.NodeId}, epoch {node.Epoch}");
        }

        var commit = prepared.Commit;
        if (commit.Fence is { } fence && facts.CurrentRun is { } run && run.RunId == commit.RunId && run.Owner != fence)
        {
            throw new OwnershipLostException($"run {run.RunId}");
        }
    }

    private static bool NamesCurrentRun(PreparedCommit prepared, in StoredFacts facts)
    {
        var commit = prepared.Commit;
        var current = facts.CurrentRun;
        if (commit.Command is { } command)
        {
            if (command.RunId != current?.RunId && facts.CommandRun is null)
            {
                return false;
            }

            // Asking a run that has ended is no mistake: the asker could not know, and is told the outcome.
            if (prepared.IsCommandOnly && (commit.RunId is null || commit.RunId == command.RunId))
            {
                return true;
            }
        }

        // A commit that begins a run may name the one that it follows, which has ended or the status check refuses it.
        return commit.RunId is not { } runId
            || (
                current is not null
                && current.RunId == runId
                && (commit.NewRun is not null || IsOpenTo(commit, current.Status))
            );
    }

    private static bool IsOpenTo(SessionCommit commit, RunStatus status) =>
        commit.RunChange?.From is { } from ? Contains(from, status) : !status.IsEnded;

    private static bool HasExpectedStatus(SessionCommit commit, SessionRecord session, RunRecord? current)
    {
        if (commit.ExpectedStatuses is { } expected && !Contains(expected, session.Status))
        {
            return false;
        }

        return commit.NewRun is not { } run
            || current is null
            || (
                current.Status.IsEnded
                && (!current.Status.IsSuspended || (Continues(run) && run.ParentRunId == current.RunId))
            );
    }

    private static bool Continues(NewRun run) => run.Trigger == RunTrigger.Resume || run.Trigger == RunTrigger.Retry;

    private static bool Contains<T>(IReadOnlyList<T> statuses, T status)
        where T : struct, IEquatable<T>
    {
        for (var index = 0; index < statuses.Count; index++)
        {
            if (statuses[index].Equals(status))
            {
                return true;
            }
        }

        return false;
    }
}
