namespace Everturn.Sessions;

/// <summary>Snapshot after a committed step. Points at the transcript by count and never copies it.</summary>
public sealed record CheckpointRecord
{
    /// <summary>See <see cref="CheckpointId"/>.</summary>
    public required string CheckpointId { get; init; }

    /// <summary>The run that took it.</summary>
    public required string RunId { get; init; }

    /// <summary>Committed steps of the session at that point.</summary>
    public required int StepCount { get; init; }

    /// <summary>Length of the transcript at that point. The store fills it in.</summary>
    public int MessageCount { get; init; }

    /// <summary>The last chunk of the step. The store fills it in.</summary>
    public long Sequence { get; init; }

    /// <summary>Custom state at that point, as JSON; empty where the agent has none.</summary>
    public ReadOnlyMemory<byte> State { get; init; }

    /// <summary>Status of the run at that point.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>
    /// Whether the transcript was put back to before it, so that nothing can go on from it. The store fills it in.
    /// </summary>
    public bool IsVoided { get; init; }

    /// <summary>When it was taken.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
