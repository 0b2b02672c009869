namespace Everturn.Sessions;

/// <summary>What a commit did.</summary>
public sealed record SessionCommitResult
{
    /// <summary>What became of it.</summary>
    public required SessionCommitOutcome Outcome { get; init; }

    /// <summary>The session after the commit, or as it is where the commit was refused; null if there is none.</summary>
    public SessionRecord? Session { get; init; }

    /// <summary>The run begun, changed, claimed or replayed; null where the commit touched none.</summary>
    public RunRecord? Run { get; init; }

    /// <summary>Number of the commit's first chunk; one more than the last sequence where it had none.</summary>
    public long FirstSequence { get; init; }

    /// <summary>
    /// True where the store created the run's workflow instance in the same transaction instead of writing an outbox
    /// entry. An optimisation of stores that hold both.
    /// </summary>
    public bool InstanceCreated { get; init; }

    /// <summary>Whether it is durable.</summary>
    public bool IsApplied => Outcome == SessionCommitOutcome.Applied;
}
