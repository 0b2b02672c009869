namespace Everturn.Usage;

/// <summary>Adds usage up, the same way in every store.</summary>
public sealed class UsageTotals
{
    private readonly Dictionary<string, ModelUsage> _models = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ToolStats> _tools = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> _custom = new(StringComparer.Ordinal);

    /// <summary>Counts an entry.</summary>
    /// <param name="entry">What was used.</param>
    public void Add(UsageEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        Add(entry.Kind, entry.Name, 1, entry.Success == false ? 1 : 0, entry.Tokens ?? new(), entry.Amount ?? 0);
    }

    /// <summary>Counts entries of one kind and name that a store has added up itself.</summary>
    /// <param name="kind">Their kind, see <see cref="UsageEntry.Kind"/>.</param>
    /// <param name="name">Their name.</param>
    /// <param name="count">How many.</param>
    /// <param name="failed">How many of them did not succeed.</param>
    /// <param name="tokens">The sum of their tokens.</param>
    /// <param name="amount">The sum of their amounts.</param>
    public void Add(string kind, string? name, long count, long failed, TokenUsage tokens, double amount)
    {
        name ??= "";
        switch (kind)
        {
            case "tokens":
                var model = _models.GetValueOrDefault(name) ?? new(0, new());
                _models[name] = new(model.Calls + count, model.Tokens + tokens);
                break;
            case "tool":
                var tool = _tools.GetValueOrDefault(name) ?? new(0, 0);
                _tools[name] = new(tool.TotalCalls + count, tool.FailedCalls + failed);
                break;
            case "custom":
                _custom[name] = _custom.GetValueOrDefault(name) + amount;
                break;
            default:
                // Sub-agents count in their own sessions, and kinds of a newer version have no total here.
                break;
        }
    }

    /// <summary>The totals so far.</summary>
    /// <param name="agentType">The agent that all of it is of; null where that is not known.</param>
    public UsageRollup ToRollup(string? agentType = null)
    {
        var all = _models.Values.Aggregate(
            new ModelUsage(0, new()),
            static (sum, model) => new(sum.Calls + model.Calls, sum.Tokens + model.Tokens)
        );
        return new()
        {
            Tokens = all.Tokens,
            ModelCalls = all.Calls,
            ToolStats = new(_tools.Values.Sum(tool => tool.TotalCalls), _tools.Values.Sum(tool => tool.FailedCalls)),
            Custom = new Dictionary<string, double>(_custom),
            ByModel = new Dictionary<string, ModelUsage>(_models),
            ByTool = new Dictionary<string, ToolStats>(_tools),
            ByAgent =
                agentType is null || all.Calls == 0
                    ? new Dictionary<string, ModelUsage>()
                    : new Dictionary<string, ModelUsage> { [agentType] = all },
        };
    }
}
