using System.ComponentModel;
using Everturn.Agents;

namespace Snippets;

public static class Tools
{
    public static readonly AgentDefinition<string> Agent = AgentDefinition
        .Create("clerk")
        .WithInstructions("You look things up and take payments.")
        .WithTool(SearchAsync)
        .WithTool(
            ChargeAsync,
            o =>
            {
                o.Effect = ToolEffect.Keyed;
                o.Timeout = TimeSpan.FromSeconds(20);
            }
        )
        .WithTool(SetPassword, o => o.Sensitive = true)
        .Build();

    [Description("Finds pages of the handbook.")]
    public static async Task<string[]> SearchAsync(
        [Description("What to look for.")] string query,
        IHandbook handbook,
        ToolContext context,
        CancellationToken cancellationToken
    )
    {
        context.Emit("searching");
        var pages = await handbook.SearchAsync(query, cancellationToken);
        context.RecordUsage("handbook searches", 1);
        return pages;
    }

    public static async Task<string> ChargeAsync(decimal amount, ToolContext context, IPayments payments) =>
        await payments.ChargeAsync(amount, idempotencyKey: context.IdempotencyKey);

    public static string SetPassword(string password) => password.Length < 12 ? "too short" : "set";
}
