namespace Everturn.Usage;

/// <summary>One use of something that is counted (Helix Agents, <c>UsageStore</c>).</summary>
public sealed record UsageEntry
{
    /// <summary>Id of the entry.</summary>
    public required string Id { get; init; }

    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The run's step, from 1.</summary>
    public int StepCount { get; init; }

    /// <summary><c>agent</c>, <c>tool</c> or <c>subagent</c>.</summary>
    public string Source { get; init; } = "agent";

    /// <summary><c>tokens</c>, <c>tool</c>, <c>subagent</c> or <c>custom</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The model, tool or agent; for custom entries the type.</summary>
    public string? Name { get; init; }

    /// <summary>The vendor of the model.</summary>
    public string? Provider { get; init; }

    /// <summary>Tokens of a model call.</summary>
    public TokenUsage? Tokens { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Whether it succeeded.</summary>
    public bool? Success { get; init; }

    /// <summary>Amount of a custom entry.</summary>
    public double? Amount { get; init; }
}
