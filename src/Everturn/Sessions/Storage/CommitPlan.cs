using Everturn.Streaming;

namespace Everturn.Sessions.Storage;

/// <summary>
/// What a commit does, row by row. Messages, tool calls, state, usage, suspension and pending calls are written as the
/// commit has them; everything else is here.
/// </summary>
public sealed record CommitPlan
{
    /// <summary>What becomes of the commit.</summary>
    public required SessionCommitOutcome Outcome { get; init; }

    /// <summary>Whether anything is written. False for every refusal, and for a command to a run that has ended.</summary>
    public bool Writes { get; init; }

    /// <summary>The session's new row; where nothing is written, its row as it is.</summary>
    public SessionRecord? Session { get; init; }

    /// <summary>Whether the session's row is inserted and not updated.</summary>
    public bool IsNewSession { get; init; }

    /// <summary>The stream's new status, a column of the session's row.</summary>
    public StreamStatus Stream { get; init; }

    /// <summary>The new row of the run that the commit works on; where nothing is written, the run as it is.</summary>
    public RunRecord? Run { get; init; }

    /// <summary>Whether the run's row is inserted.</summary>
    public bool IsNewRun { get; init; }

    /// <summary>Whether the run's row differs from the stored one. A flush of chunks usually leaves it alone.</summary>
    public bool RunChanged { get; init; }

    /// <summary>Index of the first appended message, from 0.</summary>
    public int FirstMessage { get; init; }

    /// <summary>
    /// Whether stored messages from <see cref="FirstMessage"/> on become void before any is appended, and with them the
    /// checkpoints that count more messages.
    /// </summary>
    public bool VoidsMessages { get; init; }

    /// <summary>Number of the first appended chunk; one more than the last stored where there is none.</summary>
    public long FirstSequence { get; init; }

    /// <summary>The checkpoint to insert, completed.</summary>
    public CheckpointRecord? Checkpoint { get; init; }

    /// <summary>The command to insert, numbered; null also where its run has ended.</summary>
    public CommandRecord? Command { get; init; }

    /// <summary>The waiting message to insert, completed.</summary>
    public QueuedRun? Enqueued { get; init; }

    /// <summary>The rows of messages that wait no more; their content goes.</summary>
    public IReadOnlyList<QueuedRun> Settled { get; init; } = [];

    /// <summary>The waiting message that became the run; its row goes. Null for none.</summary>
    public string? Dequeued { get; init; }

    /// <summary>Entries to append to the outbox, in order; the store numbers them.</summary>
    public IReadOnlyList<OutboxEntry> Outbox { get; init; } = [];

    /// <summary>The result to hand back once the commit is durable.</summary>
    /// <param name="instanceCreated">See <see cref="SessionCommitResult.InstanceCreated"/>.</param>
    public SessionCommitResult ToResult(bool instanceCreated = false) =>
        new()
        {
            Outcome = Outcome,
            Session = Session,
            Run = Run,
            FirstSequence = FirstSequence,
            InstanceCreated = instanceCreated,
        };
}
