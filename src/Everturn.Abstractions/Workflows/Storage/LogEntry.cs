namespace Everturn.Workflows.Storage;

/// <summary>
/// One thing that happened to an instance. Names steps and holds no content: that is read from the journal.
/// </summary>
/// <param name="Type">What happened.</param>
/// <param name="At">When: UTC, to the millisecond.</param>
public sealed record LogEntry(InstanceLogEventType Type, DateTimeOffset At)
{
    /// <summary>The step.</summary>
    public JournalKey? Step { get; init; }

    /// <summary>The attempt.</summary>
    public int? Attempt { get; init; }

    /// <summary>What went wrong.</summary>
    public InstanceError? Error { get; init; }

    /// <summary>How long a sleep is, in milliseconds.</summary>
    public long? DurationMs { get; init; }

    /// <summary>The wait before the next attempt, in milliseconds.</summary>
    public long? RetryDelayMs { get; init; }

    /// <summary>The type of event a wait is for.</summary>
    public string? EventType { get; init; }

    /// <summary>Of a rollback: the steps to roll back.</summary>
    public int? TotalSteps { get; init; }

    /// <summary>Of a rollback that ended: the steps rolled back.</summary>
    public int? CompletedSteps { get; init; }
}
