namespace Patterns.Children;

/// <summary>What became of a month's bills.</summary>
/// <param name="Total">What was charged, in euros.</param>
/// <param name="Failed">Customers whose bill failed.</param>
public sealed record BillingSummary(decimal Total, IReadOnlyList<string> Failed);
