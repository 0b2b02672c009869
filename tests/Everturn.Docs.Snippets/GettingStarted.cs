using Everturn.Agents;
using Everturn.Streaming;

namespace Snippets;

internal static class GettingStarted
{
    public static async Task RunAsync(IAgentExecutor executor, CancellationToken ct)
    {
        var run = await executor.ExecuteAsync(Weather.Agent, "How is it in Bergen?", new() { SessionId = "s1" }, ct);
        await foreach (var chunk in run.StreamAsync(cancellationToken: ct))
        {
            if (chunk is TextDeltaChunk text)
            {
                Console.Write(text.Delta);
            }
        }

        AgentResult<string> result = await run.ResultAsync(ct);
        run = await run.SendAsync("And tomorrow?", ct);
    }

    public static async Task RepeatAsync(IAgentExecutor executor, CancellationToken ct)
    {
        await executor.ExecuteAsync(
            Weather.Agent,
            "How is it in Bergen?",
            new() { SessionId = "s1", RequestId = "r-17" },
            ct
        );
    }

    public static async Task StopAsync(IAgentExecutor executor, CancellationToken ct)
    {
        var run = await executor.GetHandleAsync(Weather.Agent, "s1", cancellationToken: ct);
        await run!.InterruptAsync("changed my mind", cancellationToken: ct);
    }
}
