using Everturn.Storage;
using Everturn.Workflows.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Everturn.Workflows;

/// <summary>
/// Finds instances to execute: new ones, those whose time has come, and those of dead nodes. Holds one due time, however
/// many instances sleep.
/// </summary>
internal sealed class WorkflowHost(
    IServiceProvider services,
    WorkflowEngineHealth health,
    TimeProvider time,
    ILogger<WorkflowHost> logger
) : IHostedService, IDisposable
{
    /// <summary>Instances claimed in one transaction.</summary>
    private const int Batch = 128;

    private readonly AsyncPulse _pulse = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private DateTimeOffset? _due;
    private InstanceHost? _host;
    private Task _pump = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (services.GetService<IWorkflowStore>() is not { } store)
        {
            throw new InvalidOperationException(
                "Everturn has no store. Add one: services.AddEverturn().UseSqlite(o => o.DataDirectory = \"data\")"
            );
        }

        _host = services.GetRequiredService<InstanceHost>();
        var registry = services.GetRequiredService<WorkflowRegistry>();
        var nodes = services.GetRequiredService<INodeDirectory>();
        var reconciler = ActivatorUtilities.CreateInstance<HostReconciler>(services);
        await reconciler.ReleaseOrphansAsync(cancellationToken).ConfigureAwait(false);
        _host.OnDue = Expect;
        _host.Open();
        WorkflowLog.Started(logger, registry.Names, nodes.Self.NodeId);
        _pump = Task.Run(() => PumpAsync(_host, store, registry, nodes, reconciler), CancellationToken.None);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _pump.ConfigureAwait(false);
        if (_host is not null)
        {
            _host.OnDue = static _ => { };
            await _host.CloseAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _stop.Dispose();
    }

    private void Expect(DateTimeOffset? expected)
    {
        lock (_lock)
        {
            if (expected is not { } due || _due <= due)
            {
                return;
            }

            _due = due;
        }

        _pulse.Set();
    }

    private async Task PumpAsync(
        InstanceHost host,
        IWorkflowStore store,
        WorkflowRegistry registry,
        INodeDirectory nodes,
        HostReconciler reconciler
    )
    {
        using var timer = time.CreateTimer(
            static state => ((AsyncPulse)state!).Set(),
            _pulse,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
        var poll = DateTimeOffset.MinValue;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var now = time.GetUtcMilliseconds();
                if (poll <= now)
                {
                    await reconciler.PollAsync(_stop.Token).ConfigureAwait(false);
                    health.Count(host.Active.Count);
                    poll = now + host.Options.PollInterval;
                    Expect(await store.NextDueAsync(registry.Claimable, _stop.Token).ConfigureAwait(false));
                }

                if (Due() <= now)
                {
                    ForgetDue();
                    await ClaimAsync(host, store, registry, nodes, now).ConfigureAwait(false);
                }

                health.LookedForWork(null);
                timer.ChangeTo(Due() is { } due && due < poll && host.Capacity > 0 ? due : poll, time);
                await _pulse.WaitAsync(_stop.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                health.LookedForWork(exception);
                WorkflowLog.PumpFailed(logger, exception);
                poll = time.GetUtcMilliseconds() + host.Options.PollInterval;
                await Task.Delay(host.Options.PollInterval, time, _stop.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ClaimAsync(
        InstanceHost host,
        IWorkflowStore store,
        WorkflowRegistry registry,
        INodeDirectory nodes,
        DateTimeOffset now
    )
    {
        var next = await store.NextDueAsync(registry.Claimable, _stop.Token).ConfigureAwait(false);
        while (next <= now && host.Capacity is > 0 and var capacity)
        {
            var limit = Math.Min(Batch, capacity);
            var claimed = await store
                .ClaimAsync(new(nodes.Self, registry.Claimable, now, limit), _stop.Token)
                .ConfigureAwait(false);
            foreach (var record in claimed)
            {
                if (record.StartedAt < now)
                {
                    WorkflowInstruments.Due(now - next.Value);
                }

                await StartAsync(host, record).ConfigureAwait(false);
            }

            if (claimed.Count == 0)
            {
                // Another host was quicker, or took the last place.
                return;
            }

            next = await store.NextDueAsync(registry.Claimable, _stop.Token).ConfigureAwait(false);
        }

        Expect(next);
    }

    private async Task StartAsync(InstanceHost host, InstanceRecord record)
    {
        try
        {
            await host.StartClaimedAsync(record).ConfigureAwait(false);
        }
        catch (OwnershipLostException)
        {
            WorkflowLog.OwnershipLost(logger, record.Key);
        }
        catch (Exception exception)
        {
            WorkflowLog.StartFailed(logger, record.Key, exception);
        }
    }

    private DateTimeOffset? Due()
    {
        lock (_lock)
        {
            return _due;
        }
    }

    private void ForgetDue()
    {
        lock (_lock)
        {
            _due = null;
        }
    }
}
