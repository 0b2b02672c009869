using Everturn.Storage;

namespace Everturn.Workflows.Storage;

/// <summary>
/// What is remembered of one step. A step has one record, which is replaced as the step goes on: first pending, if
/// there is something to wait for, then its outcome.
/// </summary>
/// <param name="Key">The step.</param>
public sealed record JournalRecord(JournalKey Key)
{
    /// <summary>The largest value of a record, in plain bytes.</summary>
    public const int MaxValueBytes = 1024 * 1024;

    /// <summary>What became of the step.</summary>
    public JournalOutcome Outcome { get; init; }

    /// <summary>The attempt that had the outcome; while pending, the attempt that starts when it is due. From 1; 0 for sleeps and waits.</summary>
    public int Attempt { get; init; }

    /// <summary>
    /// Which outcome of the instance it was, from 1: replay hands outcomes to the workflow one at a time in this order.
    /// Null while pending.
    /// </summary>
    public long? CompletionOrder { get; init; }

    /// <summary>The result, or the payload of the received event.</summary>
    public Payload Value { get; init; }

    /// <summary>The final error; while a retry is pending, the error of the attempt before.</summary>
    public InstanceError? Error { get; init; }

    /// <summary>When the sleep ends, the wait times out or the retry starts: UTC, chosen once.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The type of event a wait is for, or received.</summary>
    public string? EventType { get; init; }

    /// <summary>When the step was first asked for.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When the outcome was known; of a received event, when it was stored. Null while pending.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Its place in the order in which the instance's steps were asked for, from 1.</summary>
    public long StartOrder { get; init; }

    /// <summary>The code has a way to undo it.</summary>
    public bool HasRollback { get; init; }

    /// <summary>Its options, of a step with a callback that is pending.</summary>
    public StepConfig? Config { get; init; }

    /// <summary>The value is not for logs or introspection.</summary>
    public bool Sensitive { get; init; }
}
