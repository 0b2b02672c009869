using Everturn.Agents;
using Everturn.Agents.Queue;
using Everturn.Agents.Steps;
using Everturn.Approvals;
using Everturn.Diagnostics;
using Everturn.Loop;
using Everturn.Loop.Budgets;
using Everturn.Loop.Holding;
using Everturn.Loop.Hooks;
using Everturn.Runtimes.InProcess;
using Everturn.Runtimes.Workflow;
using Everturn.Streaming;
using Everturn.Usage;
using Everturn.Workflows;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Everturn.Runtimes;

/// <summary>The services behind agents.</summary>
internal static class RuntimeServiceCollectionExtensions
{
    public static void AddAgentRuntime(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(AgentLoop)))
        {
            return;
        }

        EverturnJson.AddResolver(RuntimeJson.Default);
        services.AddSingleton(new LoopOptions());
        services.AddSingleton<AgentPlans>();
        services.AddSingleton<ConversationCache>();
        services.AddSingleton<ActiveRuns>();
        services.AddSingleton<LoopTelemetry>();
        services.AddSingleton<HookRunner>();
        services.AddSingleton<StepHooks>();
        services.AddSingleton<EndHooks>();
        services.AddSingleton<ChatClients>();
        services.AddSingleton<ModelCaller>();
        services.AddSingleton<ToolRunner>();
        services.AddSingleton<CallGates>();
        services.AddSingleton<Steering>();
        services.AddSingleton(provider => new ModelPrices(
            provider.GetServices<ModelPriceEntry>().Select(e => e.Entry)
        ));
        services.AddSingleton<SpendingReader>();
        services.AddSingleton<BudgetMeter>();
        services.AddSingleton<AgentLoop>();
        services.AddSingleton<RunCloser>();
        services.AddSingleton<RunHost>();
        services.AddScoped(provider => new AgentWorkflowRunner(provider));
        services.AddScoped(provider => new AgentSteps(provider));
        services.AddSingleton<RunLeases>();
        services.AddSingleton<RunStepper>();
        services.AddSingleton<RunFinisher>();
        services.AddSingleton<WorkflowRunStarter>();
        services.AddSingleton<AgentRuntimeSelector>();
        services.AddSingleton<IAgentRuntime, WorkflowAgentRuntime>();
        services.AddSingleton<IAgentRuntime, InProcessAgentRuntime>();
        services.AddSingleton<LostRunCloser>();
        services.AddSingleton<RunCarrier>();
        services.AddSingleton<RunAgents>();
        services.AddSingleton<RunTraces>();
        services.AddSingleton<RunAcceptance>();
        services.AddSingleton<RunStarter>();
        services.AddSingleton<RunContinuer>();
        services.AddSingleton<RunControl>();
        services.AddSingleton<IAgentExecutor, AgentExecutor>();
        services.AddSingleton<AnswerOutbox>();
        services.AddSingleton<ApprovalDesk>();
        services.TryAddSingleton<SessionStreams>();
        services.AddHostedService<AgentValidator>();
        services.AddHostedService<CommandWatcher>();
        services.AddSingleton<OutboxDrainer>();
        services.AddSingleton<RunReconciler>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<OutboxDrainer>());
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<RunReconciler>());
        services.AddSingleton<IInstanceListener>(provider => provider.GetRequiredService<RunReconciler>());
        services.AddHostedService<RetentionSweeper>();
        services.AddHostedService<LostRunFinder>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<AnswerOutbox>());
        services.AddHostedService<ExpiryClock>();
        // Last, and so the first to be stopped: interrupts of its runs are still brought to them then.
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<RunCarrier>());
        // Except for this: a host that stops begins nothing.
        services.AddSingleton<QueueAdvancer>();
        services.AddHostedService<QueueWorker>();
    }
}
