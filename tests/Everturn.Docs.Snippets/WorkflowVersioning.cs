using Everturn.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Docs.Snippets;

public sealed class InvoiceV1(IShop shop) : Workflow<Order, string>
{
    public override Task<string> RunAsync(
        WorkflowEvent<Order> trigger,
        WorkflowStep step,
        CancellationToken cancellationToken
    ) => step.DoAsync("charge", ct => shop.ChargeAsync(trigger.Payload.Id, ct));
}
