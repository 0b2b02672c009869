namespace Everturn.Workflows;

/// <summary>
/// One thing that happened to an instance (Cloudflare Workflows, <c>subscribe</c>). Which properties are set depends on
/// the type.
/// </summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="EventId">Its number within the instance: grows, also across restarts; a cursor to go on from.</param>
/// <param name="Timestamp">When it happened, UTC.</param>
/// <param name="Type">What happened.</param>
public sealed record InstanceLogEvent(
    string InstanceId,
    long EventId,
    DateTimeOffset Timestamp,
    InstanceLogEventType Type
)
{
    /// <summary>The step's kind.</summary>
    public StepKind? StepKind { get; init; }

    /// <summary>The step's name.</summary>
    public string? StepName { get; init; }

    /// <summary>Which call with this name and kind, from 1.</summary>
    public int? StepCount { get; init; }

    /// <summary>The attempt, from 1.</summary>
    public int? Attempt { get; init; }

    /// <summary>What went wrong.</summary>
    public InstanceError? Error { get; init; }

    /// <summary>The parameters, as plain JSON, when the workflow started.</summary>
    public ReadOnlyMemory<byte>? ParamsJson { get; init; }

    /// <summary>
    /// The output of the workflow or step, as plain JSON, if it is still there; of a sensitive step
    /// <see cref="StepSnapshot.Redacted"/>.
    /// </summary>
    public ReadOnlyMemory<byte>? OutputJson { get; init; }

    /// <summary>How long a sleep is.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>The wait before the next attempt, if there is to be one.</summary>
    public TimeSpan? RetryDelay { get; init; }

    /// <summary>The type of event a wait is for.</summary>
    public string? EventType { get; init; }

    /// <summary>Of a rollback: the steps to roll back.</summary>
    public int? TotalSteps { get; init; }

    /// <summary>Of a rollback that ended: the steps rolled back.</summary>
    public int? CompletedSteps { get; init; }
}
