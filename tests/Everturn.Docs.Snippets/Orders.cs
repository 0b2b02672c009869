using Everturn.Agents;

namespace Snippets;

public static class Orders
{
    public static readonly AgentDefinition<string> Agent = AgentDefinition
        .Create("orders")
        .WithState(Basket.Key)
        .WithTool(Put)
        .WithTool(OrderAsync, o => o.Effect = ToolEffect.Keyed)
        .Build();

    public static async Task<string> OrderAsync(string item, ToolContext context, IOrders orders) =>
        await orders.PlaceAsync(item, idempotencyKey: context.IdempotencyKey);

    public static void Put(string item, ToolContext context) =>
        context.UpdateState(Basket.Key, basket => basket with { Items = [.. basket.Items, item] });
}
