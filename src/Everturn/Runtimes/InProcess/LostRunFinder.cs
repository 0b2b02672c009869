using Everturn.Agents;
using Everturn.Loop.Hooks;
using Everturn.Sessions;
using Everturn.Storage;
using Microsoft.Extensions.Logging;

namespace Everturn.Runtimes.InProcess;

/// <summary>
/// Finds in-process runs whose host is gone and marks them, whenever the set of living nodes changed, and every minute
/// besides. Runs of agents that this host has no code for are left to one that has.
/// </summary>
internal sealed class LostRunFinder(
    ISessionStore store,
    INodeDirectory nodes,
    AgentRegistry agents,
    RunCarrier carrier,
    LostRunCloser closer,
    EndHooks ends,
    TimeProvider time,
    ILogger<LostRunFinder> logger
) : PulsedWorker(TimeSpan.Zero, Interval, time, logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan FullLook = TimeSpan.FromMinutes(1);

    private HashSet<NodeIdentity> _live = [];
    private DateTimeOffset _next;

    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        var live = await LiveAsync(stoppingToken).ConfigureAwait(false);
        var now = Time.GetUtcNow();
        if (!carrier.HasLostAny() && _live.SetEquals(live) && now < _next)
        {
            return;
        }

        await LookAsync(stoppingToken).ConfigureAwait(false);
        _live = live;
        _next = now + FullLook;
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            var page = await store
                .ListRunningAsync(
                    AgentRuntimes.InProcess,
                    owner: null,
                    new(PageRequest.MaxLimit, cursor),
                    cancellationToken
                )
                .ConfigureAwait(false);
            // Read after the runs: a node that is not in it by now has lost whatever it owned.
            var live = await LiveAsync(cancellationToken).ConfigureAwait(false);
            foreach (var run in page.Items)
            {
                if (!agents.Has(run.AgentType) || carrier.Carries(run.RunId))
                {
                    continue;
                }

                if (run.Owner is null)
                {
                    // Accepted by a host that had lost its place; nobody has begun it.
                    carrier.Carry(run);
                }
                else if (!live.Contains(run.Owner.Value.Node))
                {
                    await closer.CloseAsync(run, cancellationToken).ConfigureAwait(false);
                    await ends.AnnounceAsync(run.Session, run.RunId, cancellationToken).ConfigureAwait(false);
                }
            }

            cursor = page.NextCursor;
        } while (cursor is not null);
    }

    private async ValueTask<HashSet<NodeIdentity>> LiveAsync(CancellationToken cancellationToken) =>
        [.. await nodes.ListLiveNodesAsync(cancellationToken).ConfigureAwait(false)];
}
