using Everturn.Agents;
using Everturn.Sessions;
using Microsoft.Extensions.Logging;

namespace Everturn.Runtimes;

/// <summary>Removes what has expired, a bounded number of rows at a time, every few minutes.</summary>
internal sealed class RetentionSweeper(
    ISessionStore store,
    AgentRegistry agents,
    AgentHosting hosting,
    TimeProvider time,
    ILogger<RetentionSweeper> logger
) : PulsedWorker(Interval, Interval, time, logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        var request = new SweepRequest { Now = Time.GetUtcNow(), ByAgent = Policies() };
        while (await store.SweepAsync(request, stoppingToken).ConfigureAwait(false) >= request.Limit)
        {
            stoppingToken.ThrowIfCancellationRequested();
        }
    }

    private Dictionary<string, SweepPolicy> Policies()
    {
        var policies = new Dictionary<string, SweepPolicy>(hosting.Retention, StringComparer.Ordinal);
        foreach (var agent in agents.Definitions)
        {
            if (agent.Retention is { } policy)
            {
                policies.TryAdd(agent.Name, policy);
            }
        }

        return policies;
    }
}
