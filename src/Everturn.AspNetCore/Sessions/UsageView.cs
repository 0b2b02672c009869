using Everturn.Usage;

namespace Everturn.AspNetCore.Sessions;

/// <summary>One use of something that is counted, as <c>GET /sessions/{sessionId}/usage</c> gives it.</summary>
public sealed record UsageView
{
    /// <summary>Id of the entry.</summary>
    public required string Id { get; init; }

    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>When, in Unix milliseconds.</summary>
    public required long Timestamp { get; init; }

    /// <summary>The run's step, from 1.</summary>
    public required int StepCount { get; init; }

    /// <summary><c>agent</c>, <c>tool</c> or <c>subagent</c>.</summary>
    public required string Source { get; init; }

    /// <summary><c>tokens</c>, <c>tool</c>, <c>subagent</c> or <c>custom</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The model; of <c>tokens</c>.</summary>
    public string? Model { get; init; }

    /// <summary>The vendor of the model.</summary>
    public string? Provider { get; init; }

    /// <summary>Tokens of the model call; of <c>tokens</c>.</summary>
    public TokenUsage? Tokens { get; init; }

    /// <summary>The tool; of <c>tool</c>.</summary>
    public string? ToolName { get; init; }

    /// <summary>The agent; of <c>subagent</c>.</summary>
    public string? AgentType { get; init; }

    /// <summary>What was counted; of <c>custom</c>.</summary>
    public string? Type { get; init; }

    /// <summary>How much of it; of <c>custom</c>.</summary>
    public double? Amount { get; init; }

    /// <summary>How long it took, in milliseconds.</summary>
    public double? DurationMs { get; init; }

    /// <summary>Whether it succeeded.</summary>
    public bool? Success { get; init; }

    internal static UsageView Of(UsageEntry entry) =>
        new()
        {
            Id = entry.Id,
            RunId = entry.RunId,
            Timestamp = entry.Timestamp.ToUnixTimeMilliseconds(),
            StepCount = entry.StepCount,
            Source = entry.Source,
            Kind = entry.Kind,
            Model = entry.Kind == "tokens" ? entry.Name : null,
            Provider = entry.Provider,
            Tokens = entry.Tokens,
            ToolName = entry.Kind == "tool" ? entry.Name : null,
            AgentType = entry.Kind == "subagent" ? entry.Name : null,
            Type = entry.Kind == "custom" ? entry.Name : null,
            Amount = entry.Amount,
            DurationMs = entry.Duration?.TotalMilliseconds,
            Success = entry.Success,
        };
}
