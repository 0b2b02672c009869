using System.Text.Json;
using Everturn.Agents;
using Everturn.Sessions;

namespace Everturn.AspNetCore.Server;

/// <summary>What a hook learns of a run that ended (Helix Agents, <c>CompleteContext</c>).</summary>
public sealed record CompleteContext
{
    /// <summary>Services of a scope of its own: the run may have ended long after its request, and in another process.</summary>
    public required IServiceProvider Services { get; init; }

    /// <summary>The session's tenant.</summary>
    public required string Tenant { get; init; }

    /// <summary>The session.</summary>
    public required string SessionId { get; init; }

    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>The agent.</summary>
    public required string AgentType { get; init; }

    /// <summary><c>completed</c>, <c>failed</c> or <c>interrupted</c>.</summary>
    public required ExecutionStatus Status { get; init; }

    /// <summary>Why, where the status alone does not say; see <see cref="RunReason"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>The output; null unless it completed.</summary>
    public JsonElement? Result { get; init; }

    /// <summary>What went wrong; null unless it failed.</summary>
    public AgentRunFailedException? Error { get; init; }
}
