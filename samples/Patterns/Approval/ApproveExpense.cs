using Everturn.Sessions;
using Everturn.Workflows;

namespace Patterns.Approval;

/// <summary>
/// Human approval: asks a person, pays what they approve, and asks somebody else where no decision comes in time.
/// </summary>
[Workflow("approve-expense")]
public sealed class ApproveExpense(IExpenses expenses) : Workflow<Expense, string>
{
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
            await step.DoAsync($"tell {role}", token => expenses.TellAsync(role, expense, token));
            var options = new ApprovalOptions { UserId = role, AnswerWithin = TimeSpan.FromDays(3) };
            var decision = await step.RequestApprovalAsync($"decision of {role}", expense, options);
            if (decision.IsApproved)
            {
                // With the amount that was approved, which may be another.
                await step.DoAsync("pay", token => expenses.PayAsync(decision.Arguments, trigger.InstanceId, token));
                return $"approved by {decision.DecidedBy}";
            }

            if (decision.Status == PendingCallStatus.Denied)
            {
                return $"rejected by {decision.DecidedBy}: {decision.Reason}";
            }

            // Nobody decided: the next one is asked.
        }

        return "rejected: nobody answered";
    }
}
