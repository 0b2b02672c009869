using Everturn.Storage;
using Everturn.Workflows.Storage;
using Microsoft.Extensions.Logging;

namespace Everturn.Workflows;

/// <summary>
/// What a host does at every poll: takes over from dead nodes, and makes what it executes and what it owns the same,
/// whatever other processes did.
/// </summary>
internal sealed class HostReconciler(
    IWorkflowStore store,
    INodeDirectory nodes,
    InstanceHost host,
    EndWaiters waiters,
    TimeProvider time,
    ILogger<HostReconciler> logger
)
{
    /// <summary>Waits for instances that run elsewhere are looked after this many at a time.</summary>
    private const int WaitersPerPoll = 64;

    private HashSet<InstanceKey> _idle = [];
    private NodeIdentity _self = nodes.Self;
    private bool _hasOrphans;
    private int _nextWaiter;

    public async Task ReleaseOrphansAsync(CancellationToken cancellationToken)
    {
        var count = await store.ReleaseOrphansAsync(time.GetUtcMilliseconds(), cancellationToken).ConfigureAwait(false);
        if (count > 0)
        {
            WorkflowLog.TookOver(logger, count);
        }
    }

    public async Task PollAsync(CancellationToken cancellationToken)
    {
        var dead = await nodes.FenceDeadNodesAsync(cancellationToken).ConfigureAwait(false);
        // Each death is told once: a store that refuses now is asked again at the next poll.
        _hasOrphans |= dead.Count > 0 || _self != nodes.Self;
        _self = nodes.Self;
        if (_hasOrphans)
        {
            await ReleaseOrphansAsync(cancellationToken).ConfigureAwait(false);
            _hasOrphans = false;
        }

        await CompareAsync(cancellationToken).ConfigureAwait(false);
        await PollWaitersAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task CompareAsync(CancellationToken cancellationToken)
    {
        InstanceExecution[] active = [.. host.Active];
        var owned = (await store.ReadOwnedAsync(_self, cancellationToken).ConfigureAwait(false)).ToDictionary(
            instance => instance.Key
        );
        foreach (var execution in active)
        {
            var record = execution.Record;
            if (!owned.TryGetValue(record.Key, out var found) || found.OwnerEpoch != record.OwnerEpoch)
            {
                execution.TakeAway();
            }
            else
            {
                await FollowAsync(execution, found).ConfigureAwait(false);
            }
        }

        await GiveUpIdleAsync(owned.Values, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What other processes asked for.</summary>
    private async Task FollowAsync(InstanceExecution execution, OwnedInstance found)
    {
        if (found.IsTerminating)
        {
            execution.Terminate();
        }

        if (found.Status == InstanceStatus.WaitingForPause)
        {
            execution.Pause(isPausing: true);
        }
        else if (execution.IsPausing)
        {
            // The pause may be younger than the list.
            var record = await store.FindAsync(found.Key).ConfigureAwait(false);
            execution.Pause(record?.Status == InstanceStatus.WaitingForPause);
        }

        if (found.LastEvent > execution.LastEvent)
        {
            await host.OfferAsync(execution).ConfigureAwait(false);
        }
    }

    /// <summary>What is owned at two polls in a row and not executed was left behind by a failure: it is queued again.</summary>
    private async Task GiveUpIdleAsync(IEnumerable<OwnedInstance> owned, CancellationToken cancellationToken)
    {
        var idle = owned.Where(instance => !host.IsActive(instance.Key)).ToList();
        foreach (var instance in idle.Where(instance => _idle.Contains(instance.Key)))
        {
            try
            {
                await store
                    .CommitAsync(
                        new InstanceCommit(instance.Key, new(_self, instance.OwnerEpoch))
                        {
                            Status = InstanceStatus.Queued,
                            Release = true,
                            At = time.GetUtcMilliseconds(),
                            WakeAt = time.GetUtcMilliseconds(),
                            SeenEvents = instance.LastEvent,
                        },
                        cancellationToken
                    )
                    .ConfigureAwait(false);
            }
            catch (OwnershipLostException)
            {
                WorkflowLog.OwnershipLost(logger, instance.Key);
            }
        }

        _idle = [.. idle.Select(instance => instance.Key)];
    }

    private async Task PollWaitersAsync(CancellationToken cancellationToken)
    {
        if (waiters.IsEmpty)
        {
            return;
        }

        var elsewhere = waiters.Keys.Where(key => !host.IsActive(key)).ToList();
        var start = elsewhere.Count <= WaitersPerPoll ? 0 : _nextWaiter % elsewhere.Count;
        foreach (var key in elsewhere.Skip(start).Take(WaitersPerPoll))
        {
            var record = await store.FindAsync(key, cancellationToken).ConfigureAwait(false);
            if (record is null || record.Status.IsTerminal)
            {
                waiters.Ended(key, record);
            }
        }

        _nextWaiter = start + WaitersPerPoll;
    }
}
