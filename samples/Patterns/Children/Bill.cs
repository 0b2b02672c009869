namespace Patterns.Children;

/// <summary>What a customer has to pay for a month.</summary>
/// <param name="Customer">Who.</param>
/// <param name="Month">For which month, such as <c>2026-01</c>.</param>
public sealed record Bill(string Customer, string Month);
