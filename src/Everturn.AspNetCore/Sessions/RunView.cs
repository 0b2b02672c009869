using Everturn.Sessions;

namespace Everturn.AspNetCore.Sessions;

/// <summary>A run, as <c>GET /sessions/{sessionId}/runs</c> gives it.</summary>
public sealed record RunView
{
    /// <summary>Id of the run.</summary>
    public required string RunId { get; init; }

    /// <summary>Place among the session's runs, from 1; 0 until it begins.</summary>
    public required int Ordinal { get; init; }

    /// <summary>The turn it belongs to, from 1; 0 until it begins.</summary>
    public required int Turn { get; init; }

    /// <summary>What created it: <c>execute</c>, <c>resume</c>, <c>retry</c> or <c>fork</c>.</summary>
    public required RunTrigger Trigger { get; init; }

    /// <summary>The run that it continues.</summary>
    public string? ParentRunId { get; init; }

    /// <summary>The caller's id of the request.</summary>
    public string? RequestId { get; init; }

    /// <summary>Status of the run.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>Why it has that status.</summary>
    public string? Reason { get; init; }

    /// <summary>What went wrong, where it failed.</summary>
    public string? Error { get; init; }

    /// <summary>The write-once id of what carries it; empty until it begins.</summary>
    public required string InstanceId { get; init; }

    /// <summary>What carries it: <c>workflow</c>, <c>in-process</c> or <c>agent-server</c>.</summary>
    public required string Runtime { get; init; }

    /// <summary>The first chunk number that the run may use; 0 until it begins.</summary>
    public required long StartSequence { get; init; }

    /// <summary>The run's last chunk; absent until it ends.</summary>
    public long? EndSequence { get; init; }

    /// <summary>Committed steps of the run.</summary>
    public required int StepCount { get; init; }

    /// <summary>When it was accepted.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When a node first took it.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What is said with it, where it is a message that waits; absent once its run has begun.</summary>
    public string? Message { get; init; }

    /// <summary>What such a message does to the run in its way: the policy that came with it.</summary>
    public string? DoubleTexting { get; init; }

    internal static RunView Of(RunRecord run) =>
        new()
        {
            RunId = run.RunId,
            Ordinal = run.Ordinal,
            Turn = run.Turn,
            Trigger = run.Trigger,
            ParentRunId = run.ParentRunId,
            RequestId = run.RequestId,
            Status = run.Status,
            Reason = run.Reason,
            Error = run.Error,
            InstanceId = run.InstanceId,
            Runtime = run.Runtime,
            StartSequence = run.StartSequence,
            EndSequence = run.EndSequence,
            StepCount = run.StepCount,
            CreatedAt = run.CreatedAt,
            StartedAt = run.StartedAt,
            EndedAt = run.EndedAt,
        };
}
