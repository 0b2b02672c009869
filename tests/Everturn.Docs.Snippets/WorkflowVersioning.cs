using Everturn.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.Docs.Snippets;

/// <summary>docs/guides/workflow-versioning.md.</summary>
internal static class WorkflowVersioning
{
    internal static async Task ResumeAsync(IWorkflowClient<Order, string> checkouts)
    {
        var paused = await checkouts.ListAsync(new() { Status = InstanceStatus.Paused });
        foreach (var stopped in paused.Instances.Where(one => one.Error?.Name == JournalMismatch.ErrorName))
        {
            var instance = await checkouts.GetAsync(stopped.Key.Id);
            await instance.ResumeAsync();
        }
    }

    internal static void Register(IServiceCollection services) =>
        services
            .AddEverturn()
            .UseSqlite(o => o.DataDirectory = "data")
            .AddWorkflow<InvoiceV1>()
            .AddWorkflow<InvoiceV2>()
            .AddWorkflow<PatchedCheckout>(o => o.StrictReplay = true);
}
