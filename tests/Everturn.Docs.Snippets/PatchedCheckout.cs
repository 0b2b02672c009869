using Everturn.Workflows;

namespace Everturn.Docs.Snippets;

[Workflow("checkout")]
public sealed class PatchedCheckout(IShop shop) : Workflow<Order, string>
{
    public override async Task<string> RunAsync(
        WorkflowEvent<Order> trigger,
        WorkflowStep step,
        CancellationToken cancellationToken
    )
    {
        var order = trigger.Payload;
        await step.DoAsync("reserve", ct => shop.ReserveAsync(order.Id, ct));
        await step.SleepAsync("cooling off", TimeSpan.FromDays(1));
        if (await step.PatchedAsync("audit before charge"))
        {
            await step.DoAsync("audit", ct => shop.AuditAsync(order.Id, ct));
        }

        return await step.DoAsync("charge", ct => shop.ChargeAsync(order.Id, ct));
    }
}
