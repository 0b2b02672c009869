using Everturn.Sessions;

namespace Everturn.Memory;

/// <content>Retention.</content>
public sealed partial class InMemorySessionStore
{
    /// <inheritdoc />
    public ValueTask<int> SweepAsync(SweepRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var removed = 0;
        lock (_lock)
        {
            foreach (var session in _sessions.Values.ToList())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (removed >= request.Limit)
                {
                    break;
                }

                removed += Sweep(session, request, request.Limit - removed);
            }
        }

        RaiseIf(removed > 0);
        return new(removed);
    }

    private static bool IsOver(DateTimeOffset? since, TimeSpan? kept, DateTimeOffset now) =>
        since is { } start && kept is { } time && now - start >= time;

    /// <summary>
    /// The last chunk that may go: that of the newest committed step among the runs that ended long enough ago, oldest
    /// first. What follows the last committed step of a session stays, since it may be in flight.
    /// </summary>
    private static long ExpiredSequence(MemorySession session, SweepPolicy policy, DateTimeOffset now)
    {
        var sequence = 0L;
        foreach (var run in session.Runs)
        {
            if (!IsOver(run.Record.EndedAt, policy.Chunks, now))
            {
                break;
            }

            sequence = run.CommittedSequence ?? sequence;
        }

        return sequence;
    }

    private static int SweepRequests(MemorySession session, SweepPolicy policy, DateTimeOffset now, int limit)
    {
        var expired = session
            .RunsByRequest.Where(entry => IsOver(entry.Value.Record.CreatedAt, policy.RequestIds, now))
            .Select(entry => entry.Key)
            .Take(limit)
            .ToList();
        foreach (var requestId in expired)
        {
            session.RunsByRequest.Remove(requestId);
        }

        // What became of a waiting message is kept for as long as its request may be repeated.
        var settled = session
            .Queue.All.Where(queued => IsOver(queued.EndedAt, policy.RequestIds, now))
            .Select(queued => queued.RunId)
            .Take(limit - expired.Count)
            .ToList();
        return expired.Count + settled.Count(session.Queue.Remove);
    }

    private int Sweep(MemorySession session, SweepRequest request, int limit)
    {
        var policy = request.ByAgent.GetValueOrDefault(session.Record.AgentType, request.Default);
        if (session.IsDeleted)
        {
            return
                IsOver(session.Record.DeletedAt, policy.Tombstones, request.Now) && _sessions.Remove(session.Record.Key)
                ? 1
                : 0;
        }

        if (
            session.Record.ExpiresAt <= request.Now
            && Delete(session.Record.Key, request.Now) == SessionCommitOutcome.Applied
        )
        {
            return 1;
        }

        var removed = SweepRequests(session, policy, request.Now, limit);
        removed += session.TrimChunks(ExpiredSequence(session, policy, request.Now), limit - removed);
        return removed + SweepRuns(session, policy, request.Now, limit - removed);
    }

    /// <summary>A run that a request id still leads to stays, or the same request would begin a second one.</summary>
    private int SweepRuns(MemorySession session, SweepPolicy policy, DateTimeOffset now, int limit)
    {
        var expired = session
            .Runs.Take(session.Runs.Count - 1)
            .Where(run => IsOver(run.Record.EndedAt, policy.Runs, now) && !session.RunsByRequest.ContainsValue(run))
            .Take(limit)
            .ToList();
        foreach (var run in expired)
        {
            session.Remove(run);
            DeleteInstance(run);
        }

        return expired.Count;
    }
}
