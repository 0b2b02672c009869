namespace Everturn.Usage;

/// <summary>Totals of a session.</summary>
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
}
