namespace Everturn.Sessions;

/// <summary>A change of the current run's row; null leaves a field as it is.</summary>
public sealed record RunChange
{
    /// <summary>
    /// Statuses that the run may have; null for <see cref="RunStatus.Running"/> alone. A run that is suspended or
    /// interrupted, and the session's current one, can be ended otherwise by naming its status here.
    /// </summary>
    public IReadOnlyList<RunStatus>? From { get; init; }

    /// <summary>The new status. One that is ended ends the run, sets the session's status and closes the stream.</summary>
    public RunStatus? Status { get; init; }

    /// <summary>Why, see <see cref="RunReason"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>What went wrong, for people.</summary>
    public string? Error { get; init; }

    /// <summary>The run's output, JSON.</summary>
    public ReadOnlyMemory<byte>? Output { get; init; }

    /// <summary>
    /// The last command the owner has obeyed. A commit that ends the run is refused with
    /// <see cref="SessionCommitOutcome.CommandPending"/> while a newer one is stored; null does not check.
    /// </summary>
    public int? SeenCommandRevision { get; init; }
}
