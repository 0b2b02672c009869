using Everturn.Workflows;

namespace Patterns.Children;

/// <summary>
/// Child workflows: a month's bills, each an instance of its own. The failure of one does not stop the others.
/// </summary>
[Workflow("bill-month")]
public sealed class BillMonth(IBilling billing) : Workflow<string, BillingSummary>
{
    /// <inheritdoc/>
    public override async Task<BillingSummary> RunAsync(
        WorkflowEvent<string> trigger,
        WorkflowStep step,
        CancellationToken cancellationToken
    )
    {
        var month = trigger.Payload;
        var customers = await step.DoAsync("customers", token => billing.CustomersAsync(month, token));
        var bills = await Task.WhenAll(customers.Select(customer => BillAsync(step, new Bill(customer, month))));
        return new BillingSummary(
            bills.Sum(bill => bill.Amount ?? 0),
            [.. bills.Where(bill => bill.Amount is null).Select(bill => bill.Customer)]
        );
    }

    private static async Task<(string Customer, decimal? Amount)> BillAsync(WorkflowStep step, Bill bill)
    {
        try
        {
            return (
                bill.Customer,
                await step.RunChildAsync<Bill, decimal>($"bill {bill.Customer}", "bill-customer", bill)
            );
        }
        catch (ChildFailedException)
        {
            return (bill.Customer, null);
        }
    }
}
