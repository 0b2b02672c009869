using Everturn.Storage;
using Everturn.Usage;

namespace Everturn.Sessions;

/// <summary>
/// All that changes in one transition of a session, as a value: applied whole or not at all. Commits of one session
/// are applied one after another; commits of different sessions are independent, and a store may group them.
/// </summary>
/// <remarks>
/// Checks, in this order: limits, tombstone, user, request id, agent, fence, expected status, expected version, pending
/// command. What fails is an outcome of <see cref="SessionCommitResult"/>, except limits
/// (<see cref="InvalidInputException"/>) and the fence (<see cref="OwnershipLostException"/>).
/// </remarks>
public sealed record SessionCommit
{
    /// <summary>The session.</summary>
    public required SessionKey Session { get; init; }

    /// <summary>Which of the durable writes this is.</summary>
    public required CommitKind Kind { get; init; }

    /// <summary>The store's clock is not used: this is the time of everything in the commit.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The run that the commit works on; it must be the current one. Null outside a run.</summary>
    public string? RunId { get; init; }

    /// <summary>Proof of ownership of the run; null for commits that need none.</summary>
    public Fence? Fence { get; init; }

    /// <summary>Statuses of the session that are acceptable; null accepts any. A session not yet there always is.</summary>
    public IReadOnlyList<SessionStatus>? ExpectedStatuses { get; init; }

    /// <summary>The version the session must have; null accepts any.</summary>
    public long? ExpectedVersion { get; init; }

    /// <summary>The user an existing session must belong to; null accepts any. A session not yet there is acceptable.</summary>
    public string? ExpectedUserId { get; init; }

    /// <summary>Creates the session if it is not there; null requires it to be.</summary>
    public NewSession? NewSession { get; init; }

    /// <summary>Changes the session's own fields.</summary>
    public SessionChange? SessionChange { get; init; }

    /// <summary>Begins a run.</summary>
    public NewRun? NewRun { get; init; }

    /// <summary>
    /// Lets a message wait for the run in its way. Refused with <see cref="SessionCommitOutcome.StatusConflict"/> where
    /// nothing is in its way.
    /// </summary>
    public QueuedRun? Enqueue { get; init; }

    /// <summary>Messages that wait no more.</summary>
    public IReadOnlyList<QueueSettlement> Settled { get; init; } = [];

    /// <summary>Changes or ends the run.</summary>
    public RunChange? RunChange { get; init; }

    /// <summary>Makes this node the run's owner: bumps owner epoch and claim count. Without <see cref="Fence"/>.</summary>
    public NodeIdentity? Claim { get; init; }

    /// <summary>
    /// Puts the transcript back before <see cref="Messages"/> are appended. Together with <see cref="NewRun"/> and
    /// <see cref="ExpectedVersion"/> only; custom state goes back by <see cref="State"/>.
    /// </summary>
    public SessionRewind? Rewind { get; init; }

    /// <summary>Messages to append.</summary>
    public IReadOnlyList<AgentMessage> Messages { get; init; } = [];

    /// <summary>Tool calls to insert or, by run, step and index, to replace.</summary>
    public IReadOnlyList<ToolCallRecord> ToolCalls { get; init; } = [];

    /// <summary>The whole new custom state, JSON; empty removes it, null leaves it.</summary>
    public ReadOnlyMemory<byte>? State { get; init; }

    /// <summary>The step, from 1 in the run, that the chunks belong to.</summary>
    public int Step { get; init; }

    /// <summary>
    /// Chunks to append, each as the UTF-8 JSON of <see cref="Streaming.StreamChunk"/> without line breaks. The store
    /// numbers them from the session's last sequence plus one.
    /// </summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Chunks { get; init; } = [];

    /// <summary>Usage to record.</summary>
    public IReadOnlyList<UsageEntry> Usage { get; init; } = [];

    /// <summary>Set where a step commits: one more step for run and session, and this checkpoint.</summary>
    public CheckpointRecord? Checkpoint { get; init; }

    /// <summary>Set where the run suspends.</summary>
    public SuspensionRecord? Suspension { get; init; }

    /// <summary>Calls that wait for somebody outside: inserted, or replaced by approval id.</summary>
    public IReadOnlyList<PendingCallRecord> PendingCalls { get; init; } = [];

    /// <summary>Writes a command for the run named by it; on an ended run nothing is written.</summary>
    public CommandRecord? Command { get; init; }

    /// <summary>Entries for the outbox besides the one of <see cref="NewRun"/>.</summary>
    public IReadOnlyList<OutboxEntry> Outbox { get; init; } = [];
}
