namespace Everturn.Sessions.Storage;

/// <summary>
/// Everything about a commit that does not depend on the database; pure, and shared by all stores, so that its meaning
/// exists once. A store prepares the commit, reads the few rows that decide (<see cref="StoredFacts"/>), asks for the
/// plan, and writes what it says, all but the first in one transaction.
/// </summary>
public static class SessionCommitRules
{
    /// <summary>Checks a commit against the limits and encodes its messages. Needs no lock and no transaction.</summary>
    /// <param name="commit">The commit.</param>
    /// <param name="limits">The sizes that are accepted.</param>
    /// <exception cref="InvalidInputException">Something in it is over a limit, or its parts do not go together.</exception>
    public static PreparedCommit Prepare(SessionCommit commit, EverturnLimits limits)
    {
        ArgumentNullException.ThrowIfNull(commit);
        ArgumentNullException.ThrowIfNull(limits);
        CommitShape.Check(commit);
        CommitLimitChecks.Check(commit, limits);
        var at = StoredTime.Of(commit.At);
        return new(commit, at, CommitLimitChecks.Encode(commit, at, limits), limits.QueuedRuns);
    }

    /// <summary>Decides about a commit and computes the rows that it writes.</summary>
    /// <param name="prepared">The commit.</param>
    /// <param name="facts">The stored rows, read in the transaction that will write the plan.</param>
    /// <exception cref="OwnershipLostException">The node lost its place, or the fence is not the run's owner.</exception>
    public static CommitPlan Decide(PreparedCommit prepared, in StoredFacts facts)
    {
        ArgumentNullException.ThrowIfNull(prepared);
        return CommitGuards.Refusal(prepared, facts) is { } outcome
            ? new()
            {
                Outcome = outcome,
                Session = facts.Session,
                Stream = facts.Stream,
                Run = outcome == SessionCommitOutcome.RequestReplayed ? facts.RequestedRun : facts.CurrentRun,
                FirstMessage = facts.Session?.MessageCount ?? 0,
                FirstSequence = (facts.Session?.LastSequence ?? 0) + 1,
            }
            : CommitTransition.Plan(prepared, facts);
    }
}
