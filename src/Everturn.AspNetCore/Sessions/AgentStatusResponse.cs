using System.Text.Json;
using System.Text.Json.Serialization;
using Everturn.Sessions;

namespace Everturn.AspNetCore.Sessions;

/// <summary>Answer of <c>GET /sessions/{sessionId}/status</c> (Helix Agents, <c>AgentStatusResponse</c>).</summary>
public sealed record AgentStatusResponse
{
    /// <summary>The session.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? SessionId { get; init; }

    /// <summary>Status of the current run, <c>idle</c> without one.</summary>
    public required ExecutionStatus Status { get; init; }

    /// <summary>The current run's output, once it completed.</summary>
    public JsonElement? Output { get; init; }

    /// <summary>What went wrong, where the current run failed.</summary>
    public string? Error { get; init; }

    /// <summary>Steps that were committed in the session's life.</summary>
    public required int StepCount { get; init; }

    /// <summary>The newest checkpoint.</summary>
    public string? CheckpointId { get; init; }

    /// <summary>Whether a run is running.</summary>
    public required bool IsExecuting { get; init; }
}
