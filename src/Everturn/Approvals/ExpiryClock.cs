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
        int done;
        do
        {
            expired = await store.ListExpiredCallsAsync(Time.GetUtcNow(), Batch, stoppingToken).ConfigureAwait(false);
            done = 0;
            foreach (var call in expired)
            {
                done += await ExpireAsync(call, stoppingToken).ConfigureAwait(false) ? 1 : 0;
            }
        } while (done > 0 && expired.Count == Batch);
    }

    private async Task<bool> ExpireAsync(PendingCallRecord call, CancellationToken stoppingToken)
    {
        try
        {
            await desk.ExpireAsync(call, stoppingToken).ConfigureAwait(false);
            return true;
        }
#pragma warning disable CA1031 // One session's trouble is not another's; the next look tries again.
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            RuntimeLog.ExpiryStalled(logger, call.ApprovalId, call.Session.ToString(), exception);
            return false;
        }
    }
}
