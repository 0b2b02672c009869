using System.Text.Json;

namespace Everturn.Cli.Client;

/// <summary>A call that waits for somebody outside, as far as it is shown.</summary>
internal sealed record ApprovalBody
{
    public required string ApprovalId { get; init; }

    public required string Kind { get; init; }

    public required string Status { get; init; }

    public string? SessionId { get; init; }

    public string? AgentType { get; init; }

    public string? Workflow { get; init; }

    public string? InstanceId { get; init; }

    /// <summary>Who waits: the session, or the workflow's instance.</summary>
    public string Asker => SessionId ?? $"{Workflow}/{InstanceId}";

    public string? UserId { get; init; }

    public required string ToolName { get; init; }

    public JsonElement? Arguments { get; init; }

    public DateTimeOffset RequestedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public string? DecidedBy { get; init; }

    public string? Reason { get; init; }
}
