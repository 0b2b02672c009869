using Everturn.Agents;
using Everturn.Runtimes;
using Everturn.Sessions;
using Microsoft.Extensions.Logging;

namespace Everturn.Approvals;

/// <summary>
/// Resumes the runs whose last answer arrived: after the answer's commit, at start-up, and by a look four times a second
/// for answers of other processes. A resume names its run by its request id, so that however often it is tried there is
/// one.
/// </summary>
internal sealed class AnswerOutbox(
    ISessionStore store,
    AgentRegistry agents,
    RunContinuer continuer,
    TimeProvider time,
    ILogger<AnswerOutbox> logger
) : PulsedWorker(TimeSpan.Zero, Interval, time, logger)
{
    private const int Batch = 100;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        var lastId = 0L;
        IReadOnlyList<OutboxEntry> entries;
        do
        {
            entries = await store
                .ListOutboxAsync(OutboxKind.ResumeRun, lastId, Batch, stoppingToken)
                .ConfigureAwait(false);
            // At once, so that their commits share a write.
            var carriedOut = await Task.WhenAll(entries.Select(entry => CarryOutAsync(entry, stoppingToken)))
                .ConfigureAwait(false);
            var done = entries.Where((_, index) => carriedOut[index]).Select(entry => entry.Id).ToList();
            if (done.Count > 0)
            {
                await store.CompleteOutboxAsync(done, stoppingToken).ConfigureAwait(false);
            }

            lastId = entries.Count == 0 ? lastId : entries[^1].Id;
        } while (entries.Count == Batch);
    }

    private async Task<bool> CarryOutAsync(OutboxEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            return await ResumeAsync(entry, cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // One session's trouble is not another's; the next look tries again.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            RuntimeLog.ResumeStalled(logger, entry.Token, entry.Session.ToString(), exception);
            return false;
        }
    }

    private async Task<bool> ResumeAsync(OutboxEntry entry, CancellationToken cancellationToken)
    {
        var run = await store.GetCurrentRunAsync(entry.Session, cancellationToken).ConfigureAwait(false);
        if (run is null || run.RunId != entry.Token || !run.Status.IsSuspended)
        {
            // Somebody else resumed it, or ended it.
            return true;
        }

        if (!agents.Has(run.AgentType))
        {
            // Left to a host that has code for the agent.
            return false;
        }

        try
        {
            await continuer
                .ContinueAsync(
                    entry.Session,
                    null,
                    Continuation.Of(new ResumeOptions { RequestId = $"answered:{entry.Token}" }),
                    cancellationToken
                )
                .ConfigureAwait(false);
            return true;
        }
        catch (Exception exception)
            when (exception is CannotResumeException or SessionNotFoundException or RequestConflictException)
        {
            return true;
        }
    }
}
