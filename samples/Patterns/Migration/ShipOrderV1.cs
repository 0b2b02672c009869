using Everturn.Workflows;

namespace Patterns.Migration;

/// <summary>
/// Migration, the old way: kept as long as instances of it are under way. A small change since then has a patch marker;
/// an instance that had come past the place keeps to what it did.
/// </summary>
[Workflow("ship-order")]
public sealed class ShipOrderV1(IWarehouse warehouse) : Workflow<string, string>
{
    /// <inheritdoc/>
    public override async Task<string> RunAsync(
        WorkflowEvent<string> trigger,
        WorkflowStep step,
        CancellationToken cancellationToken
    )
    {
        var order = trigger.Payload;
        await step.DoAsync("pack", token => warehouse.HandleAsync("pack", order, token));
        if (await step.PatchedAsync("weigh parcels"))
        {
            await step.DoAsync("weigh", token => warehouse.HandleAsync("weigh", order, token));
        }

        await step.WaitForEventAsync<string>("pick-up", "picked-up", new() { Timeout = TimeSpan.FromDays(14) });
        return await step.DoAsync("hand over", token => warehouse.HandleAsync("hand over", order, token));
    }
}
