using Everturn.Sessions;

namespace Everturn.AspNetCore.Sessions;

/// <summary>A checkpoint, as <c>GET /sessions/{sessionId}/checkpoints</c> gives it.</summary>
public sealed record CheckpointView
{
    /// <summary>Id of the checkpoint, by which a run can be resumed.</summary>
    public required string CheckpointId { get; init; }

    /// <summary>The run that took it.</summary>
    public required string RunId { get; init; }

    /// <summary>Committed steps of the session at that point.</summary>
    public required int StepCount { get; init; }

    /// <summary>Length of the transcript at that point.</summary>
    public required int MessageCount { get; init; }

    /// <summary>The last chunk at that point.</summary>
    public required long Sequence { get; init; }

    /// <summary>Status of the run at that point.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>When it was taken.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    internal static CheckpointView Of(CheckpointRecord checkpoint) =>
        new()
        {
            CheckpointId = checkpoint.CheckpointId,
            RunId = checkpoint.RunId,
            StepCount = checkpoint.StepCount,
            MessageCount = checkpoint.MessageCount,
            Sequence = checkpoint.Sequence,
            Status = checkpoint.Status,
            CreatedAt = checkpoint.CreatedAt,
        };
}
