using Everturn.Workflows;
using Patterns.Migration;

namespace Everturn.Patterns.Tests;

/// <summary>Version 1 as it was before parcels were weighed: what ran when the oldest instances began.</summary>
[Workflow("ship-order")]
public sealed class ShipOrderV1BeforePatch(IWarehouse warehouse) : Workflow<string, string>
{
    public override async Task<string> RunAsync(
        WorkflowEvent<string> trigger,
        WorkflowStep step,
        CancellationToken cancellationToken
    )
    {
        var order = trigger.Payload;
        await step.DoAsync("pack", token => warehouse.HandleAsync("pack", order, token));
        await step.WaitForEventAsync<string>("pick-up", "picked-up", new() { Timeout = TimeSpan.FromDays(14) });
        return await step.DoAsync("hand over", token => warehouse.HandleAsync("hand over", order, token));
    }
}
