using Everturn.Workflows;

namespace Everturn.Docs.Snippets;

[Workflow("invoice")]
public sealed class InvoiceV1(IShop shop) : Workflow<Order, string>
{
    public override async Task<string> RunAsync(
        WorkflowEvent<Order> trigger,
        WorkflowStep step,
        CancellationToken cancellationToken
    )
    {
        var order = trigger.Payload;
        return await step.DoAsync("charge", ct => shop.ChargeAsync(order.Id, ct));
    }
}
