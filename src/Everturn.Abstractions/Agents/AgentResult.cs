using System.Text.Json;
using Everturn.Sessions;
using Everturn.Usage;

namespace Everturn.Agents;

/// <summary>How a run ended.</summary>
public record AgentResult
{
    /// <summary>The status it ended with.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>Why, where the status alone does not say; see <see cref="RunReason"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>What went wrong; null unless it failed.</summary>
    public string? Error { get; init; }

    /// <summary>The output as JSON; undefined unless it completed.</summary>
    public JsonElement OutputJson { get; init; }

    /// <summary>What a suspended run waits for.</summary>
    public SuspensionRecord? Suspended { get; init; }

    /// <summary>What the run used.</summary>
    public UsageRollup Usage { get; init; } = new();

    /// <summary>Whether it completed.</summary>
    public bool IsCompleted => Status == RunStatus.Completed;
}
