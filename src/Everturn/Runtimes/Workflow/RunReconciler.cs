using System.Collections.Concurrent;
using Everturn.Agents;
using Everturn.Agents.Steps;
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

    private readonly ConcurrentDictionary<string, bool> _carrying = new(StringComparer.Ordinal);

    /// <summary>A workflow of the application's own carries runs: its instances that end are looked after at once.</summary>
    public void Expect(string workflowName) => _carrying.TryAdd(workflowName, true);

    public void Ended(InstanceRecord instance)
    {
        // A complete instance of an agent's has ended its run before; whether any other has, is for a look to say.
        if (
            AgentWorkflowName.Is(instance.Key.Workflow)
                ? instance.Status != InstanceStatus.Complete
                : _carrying.ContainsKey(instance.Key.Workflow)
        )
        {
            Wake();
        }
    }

    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        // Resolved late: this is one of the engine's listeners.
        var engine = services.GetRequiredService<IWorkflowEngine>();
        await ReconcileAsync(engine, AgentRuntimes.Workflow, null, stoppingToken).ConfigureAwait(false);
        foreach (var workflow in services.GetRequiredService<WorkflowRegistry>().Names)
        {
            if (!AgentWorkflowName.Is(workflow))
            {
                await ReconcileAsync(engine, CarryingWorkflow.Prefix + workflow, workflow, stoppingToken)
                    .ConfigureAwait(false);
            }
        }
    }

    private async Task ReconcileAsync(
        IWorkflowEngine engine,
        string runtime,
        string? workflow,
        CancellationToken cancellationToken
    )
    {
        string? cursor = null;
        do
        {
            var page = await store
                .ListRunningAsync(runtime, owner: null, new(PageRequest.MaxLimit, cursor), cancellationToken)
                .ConfigureAwait(false);
            foreach (var run in page.Items)
            {
                if (await EndOfInstanceAsync(engine, run, workflow, cancellationToken).ConfigureAwait(false) is { } end)
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
        string? workflow,
        CancellationToken cancellationToken
    )
    {
        var name = workflow ?? AgentWorkflowName.Of(run.AgentType);
        var instance =
            await engine
                .FindAsync(new(run.Session.Tenant, name, run.InstanceId), cancellationToken)
                .ConfigureAwait(false)
            // An instance that the application created itself is of no tenant.
            ?? await engine.FindAsync(new(name, run.InstanceId), cancellationToken).ConfigureAwait(false);
        return instance switch
        {
            // Not created yet, and the outbox has it; or deleted, where the application does that with its own.
            null when workflow is null || run.Owner is null => null,
            null => (RunReason.InstanceLost, "The workflow instance that carried it is gone."),
            { Status.IsTerminal: false } => null,
            { Error: { Name: RunReason.RecoveryExhausted } error } => (RunReason.RecoveryExhausted, error.Message),
            _ => (RunReason.InstanceLost, instance.Error?.Message ?? $"Its instance was {instance.Status}."),
        };
    }
}
