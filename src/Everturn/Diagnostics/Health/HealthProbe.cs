using Everturn.Sessions;
using Everturn.Storage;
using Everturn.Workflows;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Everturn.Diagnostics;

/// <summary>Looks at this host: whether its store takes work, its node has its place, its outbox drains, its engine runs.</summary>
/// <param name="services">The host's services.</param>
internal sealed class HealthProbe(IServiceProvider services)
{
    private static readonly TimeSpan SilentAfter = TimeSpan.FromMinutes(1);

    public async Task<HealthReport> LookAsync(EverturnHealthOptions options, CancellationToken cancellationToken)
    {
        var data = new Dictionary<string, object>();
        if (services.GetService<ISessionStore>() is not { } store)
        {
            return new(HealthLevel.Unhealthy, "There is no store.", data);
        }

        if (services.GetService<IStoreAvailability>()?.Refusal is { } refusal)
        {
            return new(HealthLevel.Unhealthy, refusal, data);
        }

        try
        {
            return await LookAsync(store, options, data, cancellationToken).ConfigureAwait(false);
        }
        catch (EverturnException exception)
        {
            return new(HealthLevel.Unhealthy, exception.Message, data);
        }
    }

    private async Task<HealthReport> LookAsync(
        ISessionStore store,
        EverturnHealthOptions options,
        Dictionary<string, object> data,
        CancellationToken cancellationToken
    )
    {
        var nodes = services.GetRequiredService<INodeDirectory>();
        var live = await nodes.ListLiveNodesAsync(cancellationToken).ConfigureAwait(false);
        data["node"] = nodes.Self.NodeId;
        data["epoch"] = nodes.Self.Epoch;
        if (!live.Contains(nodes.Self))
        {
            return new(HealthLevel.Unhealthy, "This node was declared dead and has not taken its place again.", data);
        }

        var waiting = await store.ListOutboxAsync(options.OutboxBacklog, cancellationToken).ConfigureAwait(false);
        data["outbox"] = waiting.Count;
        if (waiting.Count >= options.OutboxBacklog)
        {
            return new(HealthLevel.Degraded, $"At least {waiting.Count} entries wait in the outbox.", data);
        }

        if (
            services.GetService<WorkflowEngineHealth>()?.Current is { } engine
            && Complaint(engine, data) is { } complaint
        )
        {
            return new(HealthLevel.Degraded, complaint, data);
        }

        return services.GetService<IInstanceRunner>() is { Claimant: null }
            ? new(HealthLevel.Degraded, "The engine takes no more instances: it is full, or not running.", data)
            : new(HealthLevel.Healthy, "The store takes work and the engine runs.", data);
    }

    private string? Complaint(WorkflowEngineReport engine, Dictionary<string, object> data)
    {
        data["instances"] = engine.ActiveInstances;
        data["failedCommits"] = engine.FailedCommits;
        data["failedPolls"] = engine.FailedPolls;
        if (!engine.IsHealthy)
        {
            return $"The engine does not get its work done: {engine.LastError}";
        }

        if (engine.LastPollAt is not { } polled)
        {
            return null;
        }

        data["lastPoll"] = polled;
        var since = services.GetRequiredService<TimeProvider>().GetUtcNow() - polled;
        var interval = services.GetRequiredService<IOptions<WorkflowOptions>>().Value.PollInterval;
        // A look that fails is counted; one that does not come back is only missed.
        return since > SilentAfter && since > interval * 10
            ? $"The engine has not looked for work for {since.TotalSeconds:0} seconds."
            : null;
    }
}
