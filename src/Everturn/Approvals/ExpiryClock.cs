using Everturn.Runtimes;
using Everturn.Sessions;
using Microsoft.Extensions.Logging;

namespace Everturn.Approvals;

/// <summary>
/// Lets the default outcome of pending calls of runs apply when their time is over: a look every second at an index, also right
/// after a restart. The rows are the clock, so nothing waits in memory.
/// </summary>
internal sealed class ExpiryClock(
    ISessionStore store,
    ApprovalDesk desk,
    TimeProvider time,
    ILogger<ExpiryClock> logger
) : PulsedWorker(TimeSpan.Zero, Interval, time, logger)
{
    private const int Batch = 100;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        IReadOnlyList<PendingCallRecord> expired;
        do
        {
            expired = await store.ListExpiredCallsAsync(Time.GetUtcNow(), Batch, stoppingToken).ConfigureAwait(false);
            foreach (var call in expired)
            {
                await desk.ExpireAsync(call, stoppingToken).ConfigureAwait(false);
            }
        } while (expired.Count == Batch);
    }
}
