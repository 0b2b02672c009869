using Everturn.Loop;
using Everturn.Sessions;
using Everturn.Workflows;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Everturn.Runtimes.Workflow;

/// <summary>
/// Carries out what commits left in the outbox: after them, at start-up and every minute. Each entry is idempotent by
/// its token, so that two drainers, or one that died half-way, do no harm.
/// </summary>
internal sealed class OutboxDrainer(
    ISessionStore store,
    IServiceProvider services,
    RunCloser closer,
    TimeProvider time,
    ILogger<OutboxDrainer> logger
) : BackgroundService
{
    private const int Batch = 100;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly AsyncPulse _pulse = new();

    /// <summary>There may be something to do.</summary>
    public void Wake() => _pulse.Set();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Resolved late: the engine's listeners lead back here.
        var engine = (IWorkflowEngine)services.GetService(typeof(IWorkflowEngine))!;
        var timer = time.CreateTimer(static pulse => ((AsyncPulse)pulse!).Set(), _pulse, TimeSpan.Zero, Interval);
        await using var _ = timer.ConfigureAwait(false);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await _pulse.WaitAsync(stoppingToken).ConfigureAwait(false);
                await DrainAsync(engine, stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Entries stay until they are carried out; the next round tries again.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                RuntimeLog.BackgroundFailed(logger, nameof(OutboxDrainer), exception);
            }
        }
    }

    private async Task DrainAsync(IWorkflowEngine engine, CancellationToken cancellationToken)
    {
        while (true)
        {
            var entries = await store.ListOutboxAsync(Batch, cancellationToken).ConfigureAwait(false);
            var done = new List<long>(entries.Count);
            foreach (var entry in entries)
            {
                if (await CarryOutAsync(engine, entry, cancellationToken).ConfigureAwait(false))
                {
                    done.Add(entry.Id);
                }
            }

            if (done.Count > 0)
            {
                await store.CompleteOutboxAsync(done, cancellationToken).ConfigureAwait(false);
            }

            // A full batch of which nothing could be done is for other nodes; asking again at once would give the same.
            if (entries.Count < Batch || done.Count == 0)
            {
                return;
            }
        }
    }

    private async Task<bool> CarryOutAsync(
        IWorkflowEngine engine,
        OutboxEntry entry,
        CancellationToken cancellationToken
    )
    {
        var key = new InstanceKey(entry.Session.Tenant, entry.WorkflowName ?? "", entry.InstanceId);
        try
        {
            if (entry.Kind == OutboxKind.StartInstance)
            {
                await engine
                    .CreateAsync(
                        new(key) { ParamsJson = entry.Parameters, CreationToken = entry.Token },
                        cancellationToken
                    )
                    .ConfigureAwait(false);
            }
            else if (entry.Kind == OutboxKind.DeleteInstance)
            {
                await engine.DeleteAsync(key, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                return false;
            }

            return true;
        }
        catch (InstanceNotFoundException)
        {
            return true;
        }
        catch (WorkflowNotFoundException)
        {
            // This node has no code for the agent; one that has will find the entry.
            return false;
        }
        catch (Exception exception) when (exception is InstanceAlreadyExistsException or InvalidInputException)
        {
            // Refused for good: the run can never start, and must not look as if it could.
            await closer
                .FailAsync(entry.Session, entry.Token, RunReason.InstanceLost, exception.Message)
                .ConfigureAwait(false);
            return true;
        }
    }
}
