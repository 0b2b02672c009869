using Everturn;
using Everturn.Agents;
using Microsoft.Extensions.DependencyInjection;

namespace Snippets;

internal static class Agents
{
    private static readonly AgentDefinition<string> Support = AgentDefinition
        .Create("support")
        .WithDescription("Answers customers' questions about their orders.")
        .WithInstructions("You help customers of a shop. Look things up before you answer.")
        .WithTool(Orders.OrderAsync, o => o.Effect = ToolEffect.Keyed)
        .WithMaxSteps(10)
        .Build();

    public static void Register(IServiceCollection services)
    {
        services.AddEverturn().UseSqlite(o => o.DataDirectory = "data").AddAgent(Support);
    }

    public static void RegisterFactory(EverturnBuilder everturn)
    {
        everturn.AddAgent(
            "concierge",
            context =>
                AgentDefinition
                    .Create("concierge")
                    .WithInstructions($"You look after {context.UserId ?? "a guest"}.")
                    .Build()
        );
    }

    public static void RegisterByHand(EverturnBuilder everturn)
    {
        AgentRegistry.Default.Register(Support);
        AgentRegistry.Default.RegisterFactory("concierge", _ => AgentDefinition.Create("concierge").Build());
        everturn.AddAgents(AgentRegistry.Default);
    }

    public static async Task ExecuteByNameAsync(IAgentExecutor executor, CancellationToken ct)
    {
        try
        {
            AgentHandle run = await executor.ExecuteAsync("concierge", "A table for two?", cancellationToken: ct);
            await run.WaitAsync(ct);
        }
        catch (AgentNotFoundException missing)
        {
            Console.WriteLine($"{missing.AgentType}? There are: {string.Join(", ", missing.AvailableTypes)}");
        }
    }
}
