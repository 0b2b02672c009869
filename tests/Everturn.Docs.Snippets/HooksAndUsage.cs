using Everturn;
using Everturn.Agents;
using Everturn.Usage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Snippets;

internal static class HooksAndUsage
{
    private static readonly AgentHooks Audit = new()
    {
        BeforeModelCall = (call, _) =>
        {
            call.Options.ModelId = call.Step > 3 ? "small" : call.Options.ModelId;
            return default;
        },
        AfterTool = async (call, ct) =>
            await call
                .Services.GetRequiredService<IAuditLog>()
                .WriteAsync(call.Run.RunId, call.Tool.Name, call.Succeeded, ct),
        OnAgentFail = async (end, ct) =>
            await end.Services.GetRequiredService<IAuditLog>().WriteAsync(end.Run.RunId, end.Reason, false, ct),
    };

    public static readonly AgentDefinition<string> Agent = AgentDefinition.Create("clerk").WithHooks(Audit).Build();

    public static void Host(WebApplicationBuilder builder)
    {
        builder.Services.AddEverturn().UseSqlite(o => o.DataDirectory = "data").AddAgent(Agent).AddHooks(Audit);
    }

    public static async Task ReadAsync(AgentHandle<string> run, CancellationToken ct)
    {
        var result = await run.ResultAsync(ct);
        Console.WriteLine($"{result.Usage.Tokens.Total} tokens in {result.Usage.ModelCalls} calls");

        UsageRollup session = await run.GetUsageRollupAsync(ct);
        foreach (var (model, used) in session.ByModel)
        {
            Console.WriteLine($"{model}: {used.Calls} calls, {used.Tokens.Prompt} + {used.Tokens.Completion} tokens");
        }
    }

    public static async Task RecordAsync(IUsageStore usage, AgentHandle run, TimeProvider time, CancellationToken ct)
    {
        await usage.RecordEntryAsync(
            new("s1"),
            new()
            {
                Id = "invoice-7",
                RunId = run.RunId,
                Timestamp = time.GetUtcNow(),
                Kind = "custom",
                Name = "pages printed",
                Amount = 12,
            },
            ct
        );
        Page<UsageEntry> entries = await usage.GetEntriesAsync(new("s1"), new(), ct);
    }
}
