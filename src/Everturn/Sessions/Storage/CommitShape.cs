namespace Everturn.Sessions.Storage;

/// <summary>Which parts of a commit go together.</summary>
internal static class CommitShape
{
    public static void Check(SessionCommit commit)
    {
        if (commit.RunId is null && commit is not { Fence: null, Claim: null, RunChange: null, Checkpoint: null })
        {
            throw new InvalidInputException("runId", "A fence, claim, checkpoint or change of a run names the run.");
        }

        if (commit is { Claim: not null, Fence: not null })
        {
            throw new InvalidInputException("claim", "A claim goes without a fence.");
        }

        if (commit.NewRun is not null && commit is not { Fence: null, Claim: null, RunChange: null, Checkpoint: null })
        {
            throw new InvalidInputException(
                "newRun",
                "A commit that begins a run has no fence, claim, checkpoint or change of a run."
            );
        }

        if (commit.Rewind is { } rewind)
        {
            CheckRewind(commit, rewind);
        }

        if (commit.RunChange is { From: { } from } change)
        {
            CheckTransition(commit, change, from);
        }

        if (commit is { Enqueue: not null } and ({ NewRun: not null } or { Settled.Count: > 0 } or { RunId: not null }))
        {
            throw new InvalidInputException("enqueue", "A message begins to wait in a commit of its own.");
        }

        CheckSettled(commit);
        if (commit is { NewRun: not null, Command: not null })
        {
            throw new InvalidInputException("command", "A commit that begins a run has no command.");
        }

        if (commit is { SessionChange.Status: not null } and ({ NewRun: not null } or { RunChange.Status: not null }))
        {
            throw new InvalidInputException("status", "A session's status is set by its run here.");
        }
    }

    /// <summary>Whether the commit changes anything besides writing its command.</summary>
    public static bool HasOtherEffect(SessionCommit commit) =>
        commit
            is not {
                NewSession: null,
                SessionChange: null,
                NewRun: null,
                RunChange: null,
                Claim: null,
                Enqueue: null,
                Settled.Count: 0,
                State: null,
                Checkpoint: null,
                Suspension: null,
                Messages.Count: 0,
                ToolCalls.Count: 0,
                Chunks.Count: 0,
                Usage.Count: 0,
                PendingCalls.Count: 0,
                Outbox.Count: 0,
            };

    private static void CheckRewind(SessionCommit commit, SessionRewind rewind)
    {
        if (commit is not { NewRun: not null, ExpectedVersion: not null })
        {
            throw new InvalidInputException(
                "rewind",
                "A transcript is put back for a new run, and at a version that is known."
            );
        }

        if (rewind.MessageCount < 0)
        {
            throw new InvalidInputException("rewind.messageCount", "It is 0 or more.");
        }
    }

    private static void CheckSettled(SessionCommit commit)
    {
        foreach (var settlement in commit.Settled)
        {
            var joins = settlement.Status == RunStatus.Joined;
            if (joins ? commit.Fence is null : !settlement.Status.IsEnded || settlement.Status.IsSuspended)
            {
                throw new InvalidInputException(
                    "settled",
                    "A waiting message joins the run of the commit's owner, or ends otherwise."
                );
            }
        }

        if (commit is { NewRun: not null, Settled.Count: > 0 })
        {
            throw new InvalidInputException("settled", "A commit that begins a run settles nothing.");
        }
    }

    private static void CheckTransition(SessionCommit commit, RunChange change, IReadOnlyList<RunStatus> from)
    {
        if (change.Status is not { IsEnded: true } || commit is not { Fence: null, Claim: null })
        {
            throw new InvalidInputException(
                "runChange.from",
                "A run that is not running is ended otherwise, without a fence or a claim."
            );
        }

        for (var index = 0; index < from.Count; index++)
        {
            if (from[index] == RunStatus.Completed || from[index] == RunStatus.Failed)
            {
                throw new InvalidInputException("runChange.from", $"A run that is {from[index]} stays so.");
            }
        }
    }
}
