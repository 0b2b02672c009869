using System.Text.Json;
using Everturn.Sessions;

namespace Everturn.Workflows;

/// <summary>The event that tells a workflow that a sub-agent's run ended (Helix Agents, <c>SubAgentCompletionEvent</c>).</summary>
public sealed record SubAgentCompletionEvent
{
    /// <summary>The call that led to the sub-agent.</summary>
    public required string ToolCallId { get; init; }

    /// <summary>The sub-agent.</summary>
    public required string AgentType { get; init; }

    /// <summary>The sub-agent's session.</summary>
    public required string SessionId { get; init; }

    /// <summary>The sub-agent's run.</summary>
    public required string RunId { get; init; }

    /// <summary>The status that the run ended with.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>Its output, JSON; null unless it completed.</summary>
    public JsonElement? Output { get; init; }

    /// <summary>What went wrong; null unless it failed.</summary>
    public string? Error { get; init; }
}
