namespace Patterns.Approval;

/// <summary>Money that somebody spent.</summary>
/// <param name="Employee">Who.</param>
/// <param name="Amount">How much, in euros.</param>
public sealed record Expense(string Employee, decimal Amount);
