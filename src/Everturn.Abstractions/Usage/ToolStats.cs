namespace Everturn.Usage;

/// <summary>Counts of tool calls.</summary>
/// <param name="TotalCalls">All calls.</param>
/// <param name="FailedCalls">Those that failed.</param>
public sealed record ToolStats(long TotalCalls, long FailedCalls);
