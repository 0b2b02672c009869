using Everturn.Storage;

namespace Everturn.Workflows.Storage;

/// <summary>
/// A transition of one instance by its owner, all of it in one transaction. Every commit is progress and sets
/// <see cref="InstanceRecord.ClaimCount"/> to 0.
/// </summary>
/// <param name="Key">The instance.</param>
/// <param name="Fence">Proof of ownership.</param>
public sealed record InstanceCommit(InstanceKey Key, Fence Fence)
{
    /// <summary>Journal records to insert, or to replace where the step has one.</summary>
    public IReadOnlyList<JournalRecord> Records { get; init; } = [];

    /// <summary>Numbers of events that <see cref="Records"/> received; they are removed.</summary>
    public IReadOnlyList<long> ConsumedEvents { get; init; } = [];

    /// <summary>The new status; null leaves it. A terminal one ends the ownership and clears all events.</summary>
    public InstanceStatus? Status { get; init; }

    /// <summary>The output, with status complete.</summary>
    public Payload? Result { get; init; }

    /// <summary>The error, with status errored.</summary>
    public InstanceError? Error { get; init; }

    /// <summary>When the instance ended, with a terminal status.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>
    /// Gives the instance up: nobody owns it afterwards and it can be claimed from <see cref="WakeAt"/> on, or at once if
    /// an event is stored whose number is above <see cref="SeenEvents"/>.
    /// </summary>
    public bool Release { get; init; }

    /// <summary>With <see cref="Release"/>: from when on it can be claimed; null if only an event wakes it.</summary>
    public DateTimeOffset? WakeAt { get; init; }

    /// <summary>With <see cref="Release"/>: the last event that the owner knew of when it decided to wait.</summary>
    public long SeenEvents { get; init; }
}
