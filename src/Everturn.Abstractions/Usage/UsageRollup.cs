namespace Everturn.Usage;

/// <summary>Totals of a session or of a run.</summary>
public sealed record UsageRollup
{
    /// <summary>Tokens of all model calls.</summary>
    public TokenUsage Tokens { get; init; } = new();

    /// <summary>How many model calls.</summary>
    public long ModelCalls { get; init; }

    /// <summary>Tool calls.</summary>
    public ToolStats ToolStats { get; init; } = new(0, 0);

    /// <summary>Amounts of custom entries, by type.</summary>
    public IReadOnlyDictionary<string, double> Custom { get; init; } = new Dictionary<string, double>();

    /// <summary>Model calls by model; the empty name stands for calls whose service did not tell its model.</summary>
    public IReadOnlyDictionary<string, ModelUsage> ByModel { get; init; } = new Dictionary<string, ModelUsage>();

    /// <summary>Tool calls by tool.</summary>
    public IReadOnlyDictionary<string, ToolStats> ByTool { get; init; } = new Dictionary<string, ToolStats>();

    /// <summary>Model calls by agent; empty where the store does not know the agent.</summary>
    public IReadOnlyDictionary<string, ModelUsage> ByAgent { get; init; } = new Dictionary<string, ModelUsage>();
}
