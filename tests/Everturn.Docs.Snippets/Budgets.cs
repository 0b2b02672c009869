using Everturn;
using Everturn.Agents;
using Everturn.Sessions;
using Everturn.Usage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Snippets;

internal static class Budgets
{
    public static readonly AgentDefinition<string> Agent = AgentDefinition
        .Create("researcher")
        .WithChatOptions(new() { ModelId = "large" })
        .WithRunBudget(
            new()
            {
                Steps = 12,
                Tokens = 200_000,
                Time = TimeSpan.FromMinutes(5),
                Cost = 0.50m,
            }
        )
        .WithSessionBudget(new() { Cost = 5m })
        .Build();

    public static async Task LookAsync(AgentHandle<string> run, CancellationToken ct)
    {
        var result = await run.ResultAsync(ct);
        if (result.Reason == RunReason.MaxCost)
        {
            Console.WriteLine($"{result.Error} {result.Usage.Tokens.Total} tokens.");
        }
    }

    public static void Prices(WebApplicationBuilder builder)
    {
        builder
            .Services.AddEverturn()
            .AddModelPrices(
                new Dictionary<string, ModelPrice>
                {
                    ["large"] = new(Input: 3m, Output: 15m) { CachedInput = 0.30m },
                    ["small"] = new(Input: 0.25m, Output: 1.25m),
                }
            );
    }
}
