using Everturn.Workflows;

namespace Everturn.Docs.Snippets;

[Workflow("onboarding")]
public sealed class Onboarding(IShop shop) : Workflow<Order, string>
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
        var signed = await step.WaitForEventAsync<string>(
            "signature",
            "signed",
            new() { Timeout = TimeSpan.FromDays(7) }
        );
        var receipt = await step.DoAsync("charge", ct => shop.ChargeAsync(order.Id, ct));
        return $"{receipt}, signed by {signed.Payload}";
    }
}
