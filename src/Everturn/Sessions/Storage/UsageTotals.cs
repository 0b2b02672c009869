using Everturn.Usage;

namespace Everturn.Sessions.Storage;

/// <summary>Adds usage entries up, the same way in every store.</summary>
public sealed class UsageTotals
{
    private readonly Dictionary<string, double> _custom = [];
    private TokenUsage _tokens = new();
    private long _modelCalls;
    private long _toolCalls;
    private long _failedToolCalls;

    /// <summary>Counts an entry.</summary>
    /// <param name="entry">What was used.</param>
    public void Add(UsageEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        switch (entry.Kind)
        {
            case "tokens":
                _modelCalls++;
                _tokens += entry.Tokens ?? new();
                break;
            case "tool":
                _toolCalls++;
                _failedToolCalls += entry.Success == false ? 1 : 0;
                break;
            case "custom":
                var name = entry.Name ?? "";
                _custom[name] = _custom.GetValueOrDefault(name) + (entry.Amount ?? 0);
                break;
            default:
                // Sub-agents count in their own sessions, and kinds of a newer version have no total here.
                break;
        }
    }

    /// <summary>The totals so far.</summary>
    public UsageRollup ToRollup() =>
        new()
        {
            Tokens = _tokens,
            ModelCalls = _modelCalls,
            ToolStats = new(_toolCalls, _failedToolCalls),
            Custom = new Dictionary<string, double>(_custom),
        };
}
