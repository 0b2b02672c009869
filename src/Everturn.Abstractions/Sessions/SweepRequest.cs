namespace Everturn.Sessions;

/// <summary>One bounded round of removing what has expired.</summary>
public sealed record SweepRequest
{
    /// <summary>The time by which things have expired.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The policy of agents that have none of their own.</summary>
    public SweepPolicy Default { get; init; } = new();

    /// <summary>Policies by agent.</summary>
    public IReadOnlyDictionary<string, SweepPolicy> ByAgent { get; init; } = new Dictionary<string, SweepPolicy>();

    /// <summary>How many rows at most. Default 1,000.</summary>
    public int Limit { get; init; } = 1_000;
}
