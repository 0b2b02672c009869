using Everturn.Runtimes;
using Everturn.Workflows.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Everturn.Workflows;

/// <summary>Removes instances whose retention is over, some at a time.</summary>
internal sealed class RetentionSweeper(
    IServiceProvider services,
    IOptions<WorkflowOptions> options,
    TimeProvider time,
    ILogger<RetentionSweeper> logger
) : PulsedWorker(options.Value.SweepInterval, options.Value.SweepInterval, time, logger)
{
    private const int Batch = 500;

    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        // Resolved late: a host without a store is told so by another.
        var store = services.GetRequiredService<IWorkflowStore>();
        int removed;
        do
        {
            removed = await store.SweepAsync(Time.GetUtcMilliseconds(), Batch, stoppingToken).ConfigureAwait(false);
            if (removed > 0)
            {
                WorkflowLog.Swept(logger, removed);
            }
        } while (removed == Batch);
    }
}
