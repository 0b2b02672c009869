using Everturn.Storage;

namespace Everturn.Sessions;

/// <summary>A run's row: one execution inside a session.</summary>
public sealed record RunRecord
{
    /// <summary>The session.</summary>
    public required SessionKey Session { get; init; }

    /// <summary>Id of the run, a UUIDv7.</summary>
    public required string RunId { get; init; }

    /// <summary>Place among the session's runs, from 1; 0 until it begins.</summary>
    public int Ordinal { get; init; }

    /// <summary>The turn it belongs to, from 1; a resume goes on in the same turn.</summary>
    public int Turn { get; init; }

    /// <summary>What created it.</summary>
    public required RunTrigger Trigger { get; init; }

    /// <summary>The run that a resume or retry continues, or that a message joined.</summary>
    public string? ParentRunId { get; init; }

    /// <summary>The caller's id of the request; the same one gives the same run.</summary>
    public string? RequestId { get; init; }

    /// <summary>Hash of the request's body, to tell a repeated request from another one under the same id.</summary>
    public string? BodyHash { get; init; }

    /// <summary>The write-once id of what carries the run, see <see cref="InstanceId"/>.</summary>
    public required string InstanceId { get; init; }

    /// <summary>The agent.</summary>
    public required string AgentType { get; init; }

    /// <summary>Version of the agent's definition when the run began.</summary>
    public string? DefinitionVersion { get; init; }

    /// <summary>What carries the loop: <c>workflow</c>, <c>in-process</c> or <c>agent-server</c>; <c>workflow:NAME</c> for a workflow of the application's own.</summary>
    public required string Runtime { get; init; }

    /// <summary>The agent server that it belongs to: gives its chat client and hears of its end; null for none.</summary>
    public string? Server { get; init; }

    /// <summary>Status of the run.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>Why it has that status, see <see cref="RunReason"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>What went wrong, for people; null unless it failed.</summary>
    public string? Error { get; init; }

    /// <summary>The run's output once it completed: JSON for structured output, else a JSON string.</summary>
    public ReadOnlyMemory<byte>? Output { get; init; }

    /// <summary>The first chunk number that the run may use: one more than the session's last before it.</summary>
    public long StartSequence { get; init; }

    /// <summary>The run's last chunk; null until it ends.</summary>
    public long? EndSequence { get; init; }

    /// <summary>Messages in the transcript before the run added its own.</summary>
    public int StartMessageCount { get; init; }

    /// <summary>
    /// Messages that the run began with: those of its commit, without leading ones that name another run, which close
    /// that run's last step.
    /// </summary>
    public int InputMessageCount { get; init; }

    /// <summary>Committed steps of this run.</summary>
    public int StepCount { get; init; }

    /// <summary>Which host executes it and under which claim; null before the first claim.</summary>
    public Fence? Owner { get; init; }

    /// <summary>Claims since the last progress; above 5 the run fails with <c>recovery_exhausted</c>.</summary>
    public int ClaimCount { get; init; }

    /// <summary>Grows by one with every command written for the run.</summary>
    public int CommandRevision { get; init; }

    /// <summary>When it was accepted.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When a node first took it.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When it must have ended.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>W3C trace context of the request that created it.</summary>
    public string? TraceParent { get; init; }
}
