using Everturn.Usage;

namespace Everturn.Loop.Budgets;

/// <summary>What was used so far, of one budget. Starts with what earlier runs used and goes along with the run.</summary>
internal sealed class Spending
{
    private readonly Dictionary<string, TokenUsage> _byModel = new(StringComparer.Ordinal);

    /// <summary>Steps of earlier runs.</summary>
    public int EarlierSteps { get; set; }

    /// <summary>The time in which earlier runs were running.</summary>
    public TimeSpan EarlierTime { get; set; }

    public long Tokens { get; private set; }

    public IReadOnlyDictionary<string, TokenUsage> ByModel => _byModel;

    public void Add(UsageRollup rollup)
    {
        foreach (var (model, usage) in rollup.ByModel)
        {
            Add(model, usage.Tokens);
        }
    }

    public void Add(UsageEntry entry)
    {
        if (entry is { Kind: "tokens", Tokens: { } tokens })
        {
            Add(entry.Name ?? "", tokens);
        }
    }

    // Services differ in whether they report the sum.
    private void Add(string model, TokenUsage tokens)
    {
        Tokens += Math.Max(tokens.Total, tokens.Prompt + tokens.Completion);
        _byModel[model] = _byModel.TryGetValue(model, out var before) ? before + tokens : tokens;
    }
}
