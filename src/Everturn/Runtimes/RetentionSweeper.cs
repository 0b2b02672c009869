using Everturn.Agents;
using Everturn.Sessions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Everturn.Runtimes;

/// <summary>Removes what has expired, a bounded number of rows at a time, every few minutes.</summary>
internal sealed class RetentionSweeper(
    ISessionStore store,
    AgentRegistry agents,
    TimeProvider time,
    ILogger<RetentionSweeper> logger
) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await WaitAsync(timer, stoppingToken).ConfigureAwait(false))
        {
            try
            {
                await SweepAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // What could not be removed now is removed later.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                RuntimeLog.BackgroundFailed(logger, nameof(RetentionSweeper), exception);
            }
        }
    }

    private static async Task<bool> WaitAsync(PeriodicTimer timer, CancellationToken cancellationToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        var request = new SweepRequest
        {
            Now = time.GetUtcNow(),
            ByAgent = agents
                .All.Where(agent => agent.Retention is not null)
                .ToDictionary(agent => agent.Name, agent => agent.Retention!),
        };
        while (await store.SweepAsync(request, cancellationToken).ConfigureAwait(false) >= request.Limit)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
