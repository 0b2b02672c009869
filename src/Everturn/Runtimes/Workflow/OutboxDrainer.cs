using Everturn.Diagnostics;
using Everturn.Loop;
using Everturn.Loop.Hooks;
using Everturn.Sessions;
using Everturn.Workflows;
using Microsoft.Extensions.DependencyInjection;
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
    EndHooks ends,
    TimeProvider time,
    ILogger<OutboxDrainer> logger
) : PulsedWorker(TimeSpan.Zero, Interval, time, logger)
{
    private const int Batch = 100;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        // Resolved late: the engine's listeners lead back here.
        var engine = services.GetRequiredService<IWorkflowEngine>();
        OutboxInstruments.Left(
            await DrainAsync(engine, OutboxKind.StartInstance, stoppingToken).ConfigureAwait(false)
                + await DrainAsync(engine, OutboxKind.DeleteInstance, stoppingToken).ConfigureAwait(false)
        );
    }

    private async Task<int> DrainAsync(IWorkflowEngine engine, OutboxKind kind, CancellationToken cancellationToken)
    {
        var lastId = 0L;
        var left = 0;
        while (true)
        {
            var entries = await store.ListOutboxAsync(kind, lastId, Batch, cancellationToken).ConfigureAwait(false);
            var done = new List<long>(entries.Count);
            foreach (var entry in entries)
            {
                // What is left to other nodes must not hide what comes after it.
                lastId = entry.Id;
                if (await CarryOutAsync(engine, entry, cancellationToken).ConfigureAwait(false))
                {
                    done.Add(entry.Id);
                }
            }

            if (done.Count > 0)
            {
                await store.CompleteOutboxAsync(done, cancellationToken).ConfigureAwait(false);
            }

            left += entries.Count - done.Count;
            if (entries.Count < Batch)
            {
                return left;
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
            else
            {
                var runner = services.GetRequiredService<IInstanceRunner>();
                await runner.DeleteAsync(key, cancellationToken).ConfigureAwait(false);
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
            await ends.AnnounceAsync(entry.Session, entry.Token, cancellationToken).ConfigureAwait(false);
            return true;
        }
    }
}
