using Everturn.Workflows;

namespace Patterns.Approval;

/// <summary>
/// Human approval: asks, waits for an event with the answer, and asks somebody else where none comes in time.
/// </summary>
[Workflow("approve-expense")]
public sealed class ApproveExpense(IExpenses expenses) : Workflow<Expense, string>
{
    private static readonly WaitForEventOptions Patience = new() { Timeout = TimeSpan.FromDays(3) };

    /// <inheritdoc/>
    public override async Task<string> RunAsync(
        WorkflowEvent<Expense> trigger,
        WorkflowStep step,
        CancellationToken cancellationToken
    )
    {
        var expense = trigger.Payload;
        foreach (var role in (string[])["manager", "director"])
        {
            await step.DoAsync($"ask {role}", token => expenses.AskAsync(role, trigger.InstanceId, expense, token));
            try
            {
                var decision = await step.WaitForEventAsync<Decision>($"answer of {role}", "decision", Patience);
                if (!decision.Payload.IsApproved)
                {
                    return $"rejected by {decision.Payload.By}";
                }

                await step.DoAsync("pay", token => expenses.PayAsync(expense, trigger.InstanceId, token));
                return $"approved by {decision.Payload.By}";
            }
            catch (WorkflowTimeoutException)
            {
                // Nobody answered: the next one is asked.
            }
        }

        return "rejected: nobody answered";
    }
}
