using Everturn.Sessions;
using Everturn.Storage;

namespace Everturn.Workflows.Storage;

/// <summary>
/// A transition of one instance by its owner, all of it in one transaction.
/// </summary>
/// <param name="Key">The instance.</param>
/// <param name="Fence">Proof of ownership.</param>
public sealed record InstanceCommit(InstanceKey Key, Fence Fence)
{
    /// <summary>
    /// The instance got further: <see cref="InstanceRecord.ClaimCount"/> becomes 0. False for a note that something has
    /// begun, which an instance that ends its host again and again would also write. Default true.
    /// </summary>
    public bool IsProgress { get; init; } = true;

    /// <summary>Journal records to insert, or to replace where the step has one.</summary>
    public IReadOnlyList<JournalRecord> Records { get; init; } = [];

    /// <summary>What <see cref="Records"/> ask somebody outside for; each is new.</summary>
    public IReadOnlyList<PendingCallRecord> Calls { get; init; } = [];

    /// <summary>Numbers of events that <see cref="Records"/> received; they are removed.</summary>
    public IReadOnlyList<long> ConsumedEvents { get; init; } = [];

    /// <summary>
    /// What happened, in order; the store numbers the entries and adds one for a change of status. Null if the instance
    /// keeps no log.
    /// </summary>
    public IReadOnlyList<LogEntry>? Log { get; init; } = [];

    /// <summary>Pieces of streaming steps to store.</summary>
    public IReadOnlyList<StepChunk> Chunks { get; init; } = [];

    /// <summary>Steps all of whose chunks are removed, before <see cref="Chunks"/> are stored.</summary>
    public IReadOnlyList<JournalKey> DropChunks { get; init; } = [];

    /// <summary>The new status; null leaves it. A terminal one ends the ownership and clears all events.</summary>
    public InstanceStatus? Status { get; init; }

    /// <summary>The output, with status complete.</summary>
    public Payload? Result { get; init; }

    /// <summary>The error, with status errored, or with paused, where it is why.</summary>
    public InstanceError? Error { get; init; }

    /// <summary>When the instance ended, with a terminal status.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When the instance is to be removed, with a terminal status.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>What became of the rollback, with a terminal status.</summary>
    public RollbackResult? Rollback { get; init; }

    /// <summary>Sent with a terminal status, unless its receiver has ended or is gone.</summary>
    public NewEvent? Notify { get; init; }

    /// <summary>
    /// Gives the instance up: nobody owns it afterwards and it can be claimed from <see cref="WakeAt"/> on, or at once if
    /// an event is stored whose number is above <see cref="SeenEvents"/>. Where a pause is asked for, it becomes paused
    /// instead, at <see cref="At"/>. Status paused without such a wish and without <see cref="Error"/> becomes queued: the
    /// wish was taken back.
    /// </summary>
    public bool Release { get; init; }

    /// <summary>With <see cref="Release"/>: now, UTC, to the millisecond.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>With <see cref="Release"/>: from when on it can be claimed; null if only an event wakes it.</summary>
    public DateTimeOffset? WakeAt { get; init; }

    /// <summary>With <see cref="Release"/>: the last event that the owner knew of when it decided to wait.</summary>
    public long SeenEvents { get; init; }
}
