using Everturn.Workflows;

namespace Patterns.Migration;

/// <summary>Migration, the new way: what is created from now on. Remove version 1 when no instance of it is left.</summary>
[Workflow("ship-order", Version = 2)]
public sealed class ShipOrderV2(IWarehouse warehouse) : Workflow<string, string>
{
    /// <inheritdoc/>
    public override async Task<string> RunAsync(
        WorkflowEvent<string> trigger,
        WorkflowStep step,
        CancellationToken cancellationToken
    )
    {
        var order = trigger.Payload;
        var label = await step.DoAsync("print label", token => warehouse.HandleAsync("print label", order, token));
        await step.DoAsync("pack and weigh", token => warehouse.HandleAsync("pack and weigh", order, token));
        await step.DoAsync("hand to carrier", token => warehouse.HandleAsync("hand to carrier", order, token));
        return label;
    }
}
