namespace Everturn.Usage;

/// <summary>Model calls and their tokens.</summary>
/// <param name="Calls">How many calls.</param>
/// <param name="Tokens">The sum of their tokens.</param>
public sealed record ModelUsage(long Calls, TokenUsage Tokens);
