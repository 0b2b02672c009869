namespace Everturn.Usage;

/// <summary>Tokens of one model call, or their sum.</summary>
public sealed record TokenUsage
{
    /// <summary>Tokens of the prompt, cached ones included.</summary>
    public long Prompt { get; init; }

    /// <summary>Tokens of the answer, reasoning included.</summary>
    public long Completion { get; init; }

    /// <summary>Tokens of reasoning.</summary>
    public long Reasoning { get; init; }

    /// <summary>Tokens of the prompt that came from a cache.</summary>
    public long Cached { get; init; }

    /// <summary>All tokens.</summary>
    public long Total { get; init; }

    /// <summary>Sum of two.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static TokenUsage operator +(TokenUsage left, TokenUsage right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new()
        {
            Prompt = left.Prompt + right.Prompt,
            Completion = left.Completion + right.Completion,
            Reasoning = left.Reasoning + right.Reasoning,
            Cached = left.Cached + right.Cached,
            Total = left.Total + right.Total,
        };
    }

    /// <summary>Sum of two; the named form of the operator.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static TokenUsage Add(TokenUsage left, TokenUsage right) => left + right;
}
