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
}
