using Everturn.Workflows;

namespace Everturn.Docs.Snippets;

[Workflow("invoice", Version = 2)]
public sealed class InvoiceV2(IShop shop) : Workflow<Order, string>
{
    public override async Task<string> RunAsync(
        WorkflowEvent<Order> trigger,
        WorkflowStep step,
        CancellationToken cancellationToken
    )
    {
        var order = trigger.Payload;
        await step.DoAsync("reserve", ct => shop.ReserveAsync(order.Id, ct));
        return await step.DoAsync("charge", ct => shop.ChargeAsync(order.Id, ct));
    }
}
