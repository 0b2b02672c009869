namespace Everturn.Usage;

/// <summary>What a model's tokens cost, in any one currency.</summary>
/// <param name="Input">For a million tokens of the prompt.</param>
/// <param name="Output">For a million tokens of the answer, reasoning included.</param>
public sealed record ModelPrice(decimal Input, decimal Output)
{
    private const decimal Million = 1_000_000m;

    /// <summary>For a million tokens of the prompt that came from a cache; null for the price of others.</summary>
    public decimal? CachedInput { get; init; }

    /// <summary>What some tokens cost.</summary>
    /// <param name="tokens">The tokens.</param>
    public decimal Of(TokenUsage tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        var cached = Math.Min(tokens.Cached, tokens.Prompt);
        return (((tokens.Prompt - cached) * Input) + (cached * (CachedInput ?? Input)) + (tokens.Completion * Output))
            / Million;
    }
}
