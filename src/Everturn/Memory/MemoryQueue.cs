using Everturn.Sessions;
using Everturn.Sessions.Storage;

namespace Everturn.Memory;

/// <summary>The messages of a session that wait or waited for the run in their way, by run id.</summary>
internal sealed class MemoryQueue
{
    private readonly Dictionary<string, QueuedRun> _byId = [];

    public IEnumerable<QueuedRun> All => _byId.Values;

    public IEnumerable<QueuedRun> Waiting => _byId.Values.Where(queued => queued.Status == RunStatus.Queued);

    public void Apply(CommitPlan plan)
    {
        if (plan.Enqueued is { } enqueued)
        {
            if (!_byId.TryAdd(enqueued.RunId, enqueued))
            {
                throw new InvalidInputException("runId", "The session has a run with this id.");
            }
        }

        foreach (var settled in plan.Settled)
        {
            _byId[settled.RunId] = settled;
        }

        if (plan.Dequeued is { } dequeued)
        {
            _byId.Remove(dequeued);
        }
    }

    public RunRecord? Find(string runId) => _byId.GetValueOrDefault(runId)?.ToRun();

    public RunRecord? FindRequest(string requestId) =>
        _byId.Values.FirstOrDefault(queued => queued.RequestId == requestId)?.ToRun();

    public bool Remove(string runId) => _byId.Remove(runId);
}
