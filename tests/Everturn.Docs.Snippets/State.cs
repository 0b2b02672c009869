using Everturn.Agents;

namespace Snippets;

internal static class State
{
    public static readonly AgentDefinition<string> Agent = AgentDefinition
        .Create("shopper")
        .WithInstructions(Basket.Key, basket => $"In the basket: {string.Join(", ", basket.Items)}.")
        .WithTool(Orders.Put)
        .Build();

    public static async Task<Basket> AskAsync(IAgentExecutor executor, CancellationToken ct)
    {
        var run = await executor.ExecuteAsync(
            Agent,
            new AgentInput { Message = "What is in it?", State = Basket.Key.Write(new() { Items = ["milk"] }) },
            new() { SessionId = "s1" },
            ct
        );
        await run.WaitAsync(ct);
        var basket = Basket.Key.Read(await run.GetStateAsync(ct));
        return basket;
    }
}
