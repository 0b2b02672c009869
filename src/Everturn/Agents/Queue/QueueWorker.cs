using System.Collections.Concurrent;
using Everturn.Runtimes;
using Everturn.Sessions;
using Microsoft.Extensions.Logging;

namespace Everturn.Agents.Queue;

/// <summary>
/// Begins what waits: at once where a commit of this process makes room, and by a look at all sessions in which
/// something waits, at start-up and every second, for what other processes left undone.
/// </summary>
internal sealed class QueueWorker(
    ISessionStore store,
    QueueAdvancer advancer,
    TimeProvider time,
    ILogger<QueueWorker> logger
) : PulsedWorker(TimeSpan.Zero, Interval, time, logger), ISessionCommitListener
{
    private const int Batch = 100;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly ConcurrentQueue<SessionKey> _due = new();
    private DateTimeOffset _next;
    private IDisposable? _commits;

    public void Committed(SessionCommit commit, SessionCommitResult result)
    {
        if (
            result.Session is { QueuedRuns: > 0 }
            && (commit.Enqueue is not null || commit.Settled.Count > 0 || commit.NewRun is not null || Ends(commit))
        )
        {
            _due.Enqueue(commit.Session);
            Wake();
        }
    }

    public void Deleted(SessionKey key)
    {
        // With all that waited in it.
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _commits = store.Listen(this);
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _commits?.Dispose();
        base.Dispose();
    }

    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        var due = new HashSet<SessionKey>();
        while (_due.TryDequeue(out var key))
        {
            due.Add(key);
        }

        var now = Time.GetUtcNow();
        if (now >= _next)
        {
            await LookAsync(due, stoppingToken).ConfigureAwait(false);
            _next = now + Interval;
        }

        await Task.WhenAll(due.Select(key => AdvanceAsync(key, stoppingToken))).ConfigureAwait(false);
    }

    private static bool Ends(SessionCommit commit) => commit.RunChange?.Status is { IsEnded: true };

    private async Task LookAsync(HashSet<SessionKey> due, CancellationToken cancellationToken)
    {
        SessionKey? after = null;
        while (true)
        {
            var sessions = await store.ListQueuedSessionsAsync(after, Batch, cancellationToken).ConfigureAwait(false);
            due.UnionWith(sessions.Select(session => session.Key));
            if (sessions.Count < Batch)
            {
                return;
            }

            after = sessions[^1].Key;
        }
    }

    private async Task AdvanceAsync(SessionKey key, CancellationToken cancellationToken)
    {
        try
        {
            await advancer.AdvanceAsync(key, cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // One session's trouble is not another's; the next look tries again.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            RuntimeLog.QueueStalled(logger, key.ToString(), exception);
        }
    }
}
