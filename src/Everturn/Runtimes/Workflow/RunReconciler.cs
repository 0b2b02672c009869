using Everturn.Agents;
using Everturn.Loop;
using Everturn.Loop.Hooks;
using Everturn.Sessions;
using Everturn.Workflows;
using Everturn.Workflows.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Everturn.Runtimes.Workflow;

/// <summary>
/// Fails runs whose instance ended without them: at once where the end happened here, and by a look through all
/// running runs at start-up and every minute.
/// </summary>
internal sealed class RunReconciler(
    ISessionStore store,
    IServiceProvider services,
    RunCloser closer,
    EndHooks ends,
    TimeProvider time,
    ILogger<RunReconciler> logger
) : PulsedWorker(TimeSpan.Zero, Interval, time, logger), IInstanceListener
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    public void Ended(InstanceRecord instance)
    {
        // A complete instance has ended its run before, as a rule; the others leave work for a look at once.
        if (AgentWorkflowName.Is(instance.Key.Workflow) && instance.Status != InstanceStatus.Complete)
        {
            Wake();
        }
    }

    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        // Resolved late: this is one of the engine's listeners.
        var engine = services.GetRequiredService<IWorkflowEngine>();
        await ReconcileAsync(engine, stoppingToken).ConfigureAwait(false);
    }

    private async Task ReconcileAsync(IWorkflowEngine engine, CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            var page = await store
                .ListRunningAsync(
                    AgentRuntimes.Workflow,
                    owner: null,
                    new(PageRequest.MaxLimit, cursor),
                    cancellationToken
                )
                .ConfigureAwait(false);
            foreach (var run in page.Items)
            {
                if (await EndOfInstanceAsync(engine, run, cancellationToken).ConfigureAwait(false) is { } end)
                {
                    await closer.FailAsync(run.Session, run.RunId, end.Reason, end.Error).ConfigureAwait(false);
                    await ends.AnnounceAsync(run.Session, run.RunId, cancellationToken).ConfigureAwait(false);
                }
            }

            cursor = page.NextCursor;
        } while (cursor is not null);
    }

    private static async Task<(string Reason, string Error)?> EndOfInstanceAsync(
        IWorkflowEngine engine,
        RunRecord run,
        CancellationToken cancellationToken
    )
    {
        var key = new InstanceKey(run.Session.Tenant, AgentWorkflowName.Of(run.AgentType), run.InstanceId);
        try
        {
            var instance = await engine.GetAsync(key, cancellationToken).ConfigureAwait(false);
            return !instance.Status.IsTerminal ? null
                : instance.Error?.Name == RunReason.RecoveryExhausted
                    ? (RunReason.RecoveryExhausted, instance.Error.Message)
                : (RunReason.InstanceLost, instance.Error?.Message ?? $"Its instance was {instance.Status}.");
        }
        catch (InstanceNotFoundException)
        {
            // Not created yet: the outbox has it.
            return null;
        }
    }
}
