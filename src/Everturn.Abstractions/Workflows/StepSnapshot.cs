namespace Everturn.Workflows;

/// <summary>A step at one moment.</summary>
/// <param name="Kind">Which call made it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Count">Which call with this name and kind it is, from 1.</param>
/// <param name="Status">Where it is.</param>
/// <param name="StartedAt">When it was first asked for, UTC.</param>
public sealed record StepSnapshot(StepKind Kind, string Name, int Count, StepStatus Status, DateTimeOffset StartedAt)
{
    /// <summary>What output of a sensitive step is replaced by.</summary>
    public const string Redacted = "[REDACTED]";

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When the sleep or the retry is due, or the wait times out.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The type of event it waits for or received.</summary>
    public string? EventType { get; init; }

    /// <summary>Its result as plain JSON; of a sensitive step <see cref="Redacted"/>, of a stream a preview of at most 1,024 characters.</summary>
    public ReadOnlyMemory<byte> OutputJson { get; init; }

    /// <summary>Why it failed; while a retry is pending, why the attempt before did.</summary>
    public InstanceError? Error { get; init; }

    /// <summary>Its attempts, in order, of a step with a callback.</summary>
    public IReadOnlyList<AttemptSnapshot> Attempts { get; init; } = [];
}
