using System.Collections.Concurrent;
using Everturn.Agents;
using Everturn.AspNetCore.Sessions;
using Everturn.Runtimes;
using Everturn.Sessions;
using Everturn.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Everturn.AspNetCore.Server;

/// <summary>
/// Tells servers of the ends of their runs, from the outbox: at least once each. The process that stored an end tells it
/// at once; an entry that is still there when that process has had its time is told by whoever sees it.
/// </summary>
internal sealed class RunEndReporter(
    ISessionStore store,
    INodeDirectory nodes,
    AgentServers servers,
    IServiceScopeFactory scopes,
    TimeProvider time,
    ILogger<RunEndReporter> logger
) : PulsedWorker(TimeSpan.Zero, Interval, time, logger), ISessionCommitListener
{
    /// <summary>How long a hook may take.</summary>
    public static readonly TimeSpan HookTimeout = TimeSpan.FromMinutes(1);

    /// <summary>How old an entry of another process that lives must be before it is told here: its hook may be at it.</summary>
    public static readonly TimeSpan TakeOverAfter = HookTimeout + TimeSpan.FromSeconds(30);

    private const int Batch = 100;
    private const int AtOnce = 16;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, bool> _endedHere = new(StringComparer.Ordinal);

    public void Committed(SessionCommit commit, SessionCommitResult result)
    {
        if (
            commit.RunChange?.Status is { IsEnded: true, IsSuspended: false }
            && result.Run is { Server: { } server } run
            && servers.Knows(server)
        )
        {
            _endedHere[run.RunId] = true;
            Wake();
        }
    }

    public void Deleted(SessionKey key)
    {
        // The entry is found without its run, and goes.
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var commits = store.Listen(this);
        await base.ExecuteAsync(stoppingToken).ConfigureAwait(false);
    }

    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken };
        var lastId = 0L;
        IReadOnlyList<OutboxEntry> entries;
        do
        {
            entries = await store
                .ListOutboxAsync(OutboxKind.RunEnded, lastId, Batch, stoppingToken)
                .ConfigureAwait(false);
            var told = new ConcurrentBag<OutboxEntry>();
            await Parallel
                .ForEachAsync(
                    entries,
                    options,
                    async (entry, token) =>
                    {
                        if (await TellAsync(entry, token).ConfigureAwait(false))
                        {
                            told.Add(entry);
                        }
                    }
                )
                .ConfigureAwait(false);
            await CompleteAsync([.. told], stoppingToken).ConfigureAwait(false);
            lastId = entries.Count == 0 ? lastId : entries[^1].Id;
        } while (entries.Count == Batch);
    }

    private async Task CompleteAsync(OutboxEntry[] told, CancellationToken stoppingToken)
    {
        if (told.Length > 0)
        {
            await store.CompleteOutboxAsync([.. told.Select(entry => entry.Id)], stoppingToken).ConfigureAwait(false);
            Array.ForEach(told, entry => _endedHere.TryRemove(entry.Token, out _));
        }
    }

    /// <returns>Whether the entry is done.</returns>
    private async Task<bool> TellAsync(OutboxEntry entry, CancellationToken stoppingToken)
    {
        var run = await store.GetRunAsync(entry.Session, entry.Token, stoppingToken).ConfigureAwait(false);
        if (run is null)
        {
            // The session was deleted meanwhile: there is nothing left to tell of.
            return true;
        }

        if (
            run.Server is not { } name
            || servers.Find(name) is not { } server
            || !await IsOursAsync(run, stoppingToken).ConfigureAwait(false)
        )
        {
            return false;
        }

        var scope = scopes.CreateAsyncScope();
        await using var _ = scope.ConfigureAwait(false);
        try
        {
            await RunUsage.ForwardAsync(server, run, store, scope.ServiceProvider, stoppingToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            ServerLog.ReportFailed(server.Logger(scope.ServiceProvider), run.RunId, exception);
            return false;
        }

        using var timeout = new CancellationTokenSource(HookTimeout, Time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stoppingToken);
        await HookCalls
            .TellAsync(
                nameof(AgentServerHooks.OnComplete),
                server.Logger(scope.ServiceProvider),
                () => server.OnCompleteAsync(ContextOf(run, scope.ServiceProvider), linked.Token)
            )
            .ConfigureAwait(false);
        // A hook that was cut off by the end of this process has not been told: the next process does it.
        return !stoppingToken.IsCancellationRequested;
    }

    // Usually its owner stored the end. Where somebody else did, and lives, the entry is told twice at worst.
    private async ValueTask<bool> IsOursAsync(RunRecord run, CancellationToken cancellationToken)
    {
        if (_endedHere.ContainsKey(run.RunId) || run.EndedAt is not { } at || Time.GetUtcNow() - at >= TakeOverAfter)
        {
            return true;
        }

        var live = await nodes.ListLiveNodesAsync(cancellationToken).ConfigureAwait(false);
        return run.Owner is { } owner && !live.Contains(owner.Node);
    }

    private static CompleteContext ContextOf(RunRecord run, IServiceProvider services) =>
        new()
        {
            Services = services,
            Tenant = run.Session.Tenant,
            SessionId = run.Session.SessionId,
            RunId = run.RunId,
            AgentType = run.AgentType,
            Status = ExecutionStatus.Of(run.Status),
            Reason = run.Reason,
            Result = run.Status == RunStatus.Completed ? RunOutput.Of(run) : null,
            Error =
                run.Status == RunStatus.Failed
                    ? new AgentRunFailedException(run.Session.SessionId, run.RunId, run.Reason, run.Error)
                    : null,
        };
}
