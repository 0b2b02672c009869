using Everturn.Workflows;

namespace Patterns.Children;

/// <summary>A child: one customer's bill, with a status, a history and retries of its own.</summary>
[Workflow("bill-customer")]
public sealed class BillCustomer(IBilling billing) : Workflow<Bill, decimal>
{
    /// <inheritdoc/>
    public override async Task<decimal> RunAsync(
        WorkflowEvent<Bill> trigger,
        WorkflowStep step,
        CancellationToken cancellationToken
    )
    {
        var amount = await step.DoAsync("sum", token => billing.SumAsync(trigger.Payload, token));
        await step.DoAsync("charge", token => billing.ChargeAsync(trigger.Payload, amount, token));
        return amount;
    }
}
