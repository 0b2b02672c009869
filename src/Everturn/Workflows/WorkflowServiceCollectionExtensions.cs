using Everturn.Approvals;
using Everturn.Runtimes.Workflow;
using Everturn.Sessions;
using Everturn.Workflows;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The services of the embedded step engine.</summary>
internal static class WorkflowServiceCollectionExtensions
{
    public static void AddWorkflowEngine(this IServiceCollection services)
    {
        services
            .AddOptions<WorkflowOptions>()
            .Validate(
                options =>
                    options.PollInterval > TimeSpan.Zero
                    && options.ProgressDelay > TimeSpan.Zero
                    && options.SweepInterval > TimeSpan.Zero
                    && options.StayInMemory >= TimeSpan.Zero
                    && options.MaxActive > 0
                    && options.MaxClaims > 0
                    && options.ShutdownGrace >= TimeSpan.Zero,
                "A workflow option is out of its range; see WorkflowOptions."
            );
        services.TryAddSingleton<WorkflowRegistry>();
        services.TryAddSingleton<EndWaiters>();
        services.TryAddSingleton<WorkflowEngineHealth>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IInstanceGuard, AgentInstanceGuard>());
        services.TryAddSingleton<InstanceHost>();
        services.TryAddSingleton<IInstanceRunner>(provider => provider.GetRequiredService<InstanceHost>());
        services.TryAddSingleton<InstanceDesk>();
        services.TryAddSingleton(provider => new ApprovalRouter(
            provider.GetRequiredService<InstanceDesk>(),
            provider.GetService<ISessionStore>(),
            provider.GetService<ApprovalDesk>()
        ));
        services.TryAddSingleton<IApprovals>(provider => provider.GetRequiredService<ApprovalRouter>());
        services.TryAddSingleton<IWorkflowEngine, EmbeddedWorkflowEngine>();
        services.TryAddSingleton(typeof(IWorkflowClient<,>), typeof(WorkflowClientByTypes<,>));
        services.TryAddKeyedSingleton(typeof(IWorkflowClient<,>), KeyedService.AnyKey, typeof(WorkflowClient<,>));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, WorkflowHost>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, RetentionSweeper>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ScheduleWorker>());
    }
}
