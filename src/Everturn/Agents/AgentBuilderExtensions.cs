using Everturn.Agents;
using Everturn.Loop;
using Everturn.Runtimes;
using Everturn.Runtimes.Workflow;
using Everturn.Sessions.Storage;
using Everturn.Workflows;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Everturn;

/// <summary>Registers agents.</summary>
public static class AgentBuilderExtensions
{
    /// <summary>Adds an agent, on the workflow runtime.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="agent">The agent.</param>
    /// <exception cref="InvalidInputException">Another agent has its name.</exception>
    public static EverturnBuilder AddAgent(this EverturnBuilder builder, AgentDefinition agent)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(agent);
        Registry(builder.Services).Register(agent);
        builder.Services.AddAgentRuntime();
        builder.Services.AddSingleton(
            new WorkflowRegistration(
                AgentWorkflowName.Of(agent.Name),
                typeof(InstanceParameters),
                typeof(StepPointer),
                services => new AgentRunWorkflow(services.GetRequiredService<RunHost>(), services)
            )
            {
                // A long step is one journal entry: only the run knows how much of it was done between two claims.
                MaxClaims = int.MaxValue,
                IsInternal = true,
                Definition = new()
                {
                    StepLimit = int.MaxValue,
                    // The session store has the truth about a run; its instance is of no use once that is settled.
                    Retention = new() { Success = TimeSpan.FromDays(1), Error = TimeSpan.FromDays(1) },
                },
            }
        );
        return builder;
    }

    /// <summary>Changes how this host executes agents.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets options.</param>
    public static EverturnBuilder ConfigureAgents(this EverturnBuilder builder, Action<LoopOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        Registry(builder.Services);
        builder.Services.AddAgentRuntime();
        configure(
            (LoopOptions)
                builder.Services.First(service => service.ServiceType == typeof(LoopOptions)).ImplementationInstance!
        );
        return builder;
    }

    // Filled while services are registered, so that a name that is taken is reported where it is written.
    private static AgentRegistry Registry(IServiceCollection services)
    {
        if (
            services.FirstOrDefault(service => service.ServiceType == typeof(AgentRegistry))?.ImplementationInstance
            is AgentRegistry registry
        )
        {
            return registry;
        }

        registry = new AgentRegistry();
        services.TryAddSingleton(registry);
        return registry;
    }
}
