using System.Text.Json.Serialization;
using Everturn.Sessions;

namespace Everturn.Agents.Steps;

/// <summary>What a step of a run came to.</summary>
public sealed record AgentStepResult
{
    /// <summary>The step, from 1.</summary>
    public required int Step { get; init; }

    /// <summary>The run's status after it.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>Why, where the status alone does not say; see <see cref="RunReason"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>The calls that the model asked for and that have no outcome yet. The next step executes those that are left.</summary>
    public IReadOnlyList<PendingToolCall> ToolCalls { get; init; } = [];

    /// <summary>Whether the run ended with it.</summary>
    [JsonIgnore]
    public bool IsEnded => Status.IsEnded;
}
