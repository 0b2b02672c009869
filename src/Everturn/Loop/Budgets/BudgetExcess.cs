namespace Everturn.Loop.Budgets;

/// <summary>A budget that is used up.</summary>
/// <param name="Reason">The run's reason, see <see cref="Sessions.RunReason"/>.</param>
/// <param name="Error">What happened, for people.</param>
internal sealed record BudgetExcess(string Reason, string Error);
