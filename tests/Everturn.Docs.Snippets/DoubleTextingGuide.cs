using Everturn.Agents;
using Everturn.Sessions;

namespace Snippets;

internal static class DoubleTextingGuide
{
    public static async Task SteerAsync(IAgentExecutor executor, CancellationToken ct)
    {
        var run = await executor.ExecuteAsync(
            Weather.Agent,
            "In Oslo, I mean",
            new()
            {
                SessionId = "s1",
                DoubleTexting = DoubleTexting.Steer,
                RequestId = "r-7",
            },
            ct
        );
    }

    public static async Task WithdrawAsync(IAgentExecutor executor, AgentHandle<string> run, CancellationToken ct)
    {
        var runs = await run.ListRunsAsync(cancellationToken: ct);
        foreach (var waiting in runs.Items.Where(each => each.Status == RunStatus.Queued))
        {
            var handle = await executor.GetHandleAsync(waiting.Session, waiting.RunId, ct);
            await handle!.InterruptAsync("never mind", cancellationToken: ct);
        }
    }
}
