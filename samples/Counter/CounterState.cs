namespace Counter;

/// <summary>What everybody on the page sees.</summary>
/// <param name="Count">The number.</param>
/// <param name="People">Who is here, by name.</param>
public sealed record CounterState(int Count, IReadOnlyList<string> People);
