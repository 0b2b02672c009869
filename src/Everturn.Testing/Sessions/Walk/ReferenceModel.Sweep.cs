using Everturn.Sessions;

namespace Everturn.Testing.Sessions.Walk;

/// <content>Retention.</content>
internal sealed partial class ReferenceModel
{
    /// <summary>Removes all that has expired.</summary>
    public void Sweep(DateTimeOffset now, SweepPolicy policy)
    {
        foreach (var session in _sessions.Values.ToList())
        {
            if (session.DeletedAt is { } deleted)
            {
                if (deleted + policy.Tombstones <= now)
                {
                    _sessions.Remove(session.Key);
                }
            }
            else if (session.ExpiresAt > now || session.ExpiresAt is null || session.Runs.Exists(run => run.IsRunning))
            {
                SweepContent(session, now, policy);
            }
            else
            {
                Delete(session.Key, now);
            }
        }
    }

    private void SweepContent(ModelSession session, DateTimeOffset now, SweepPolicy policy)
    {
        foreach (var run in session.Runs.Where(run => run.CreatedAt + policy.RequestIds <= now))
        {
            run.RequestIsKnown = false;
        }

        var expired = session.Runs.TakeWhile(run => run.EndedAt + policy.Chunks <= now).Select(run => run.Id).ToList();
        var committed = session.Checkpoints.FindLast(checkpoint => expired.Contains(checkpoint.RunId))?.Sequence ?? 0;
        session.Chunks.RemoveAll(chunk => chunk.Sequence <= committed);

        var gone = session
            .Runs.SkipLast(1)
            .Where(run => run.EndedAt + policy.Runs <= now && !run.RequestIsKnown)
            .ToList();
        foreach (var run in gone)
        {
            session.Runs.Remove(run);
            session.Checkpoints.RemoveAll(checkpoint => checkpoint.RunId == run.Id);
            session.ToolCalls.RemoveAll(call => call.RunId == run.Id);
            session.PendingCalls.RemoveAll(call => call.RunId == run.Id);
            DeleteInstance(session, run);
        }
    }
}
