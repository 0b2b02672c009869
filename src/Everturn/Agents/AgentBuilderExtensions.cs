using Everturn.Agents;
using Everturn.Agents.Steps;
using Everturn.Loop;
using Everturn.Runtimes;
using Everturn.Runtimes.Workflow;
using Everturn.Workflows;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Everturn;

/// <summary>Registers agents.</summary>
public static class AgentBuilderExtensions
{
    /// <summary>Adds an agent, on the workflow runtime unless something else is said.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="agent">The agent.</param>
    /// <param name="configure">Says how this host executes it, for example <c>o => o.OnRuntime(AgentRuntimes.InProcess)</c>.</param>
    /// <exception cref="InvalidInputException">Another agent has its name, or there is no such runtime.</exception>
    public static EverturnBuilder AddAgent(
        this EverturnBuilder builder,
        AgentDefinition agent,
        Action<AgentHostingOptions>? configure = null
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(agent);
        Registry(builder.Services).Register(agent);
        return Host(builder, agent.Name, configure);
    }

    /// <summary>Adds an agent that a factory makes anew for each run.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="agentType">The agent's name; what the factory makes must have it.</param>
    /// <param name="factory">Makes the definition. It is called once for each execution.</param>
    /// <param name="configure">Says how this host executes it.</param>
    /// <exception cref="InvalidInputException">Another agent has its name, or there is no such runtime.</exception>
    public static EverturnBuilder AddAgent(
        this EverturnBuilder builder,
        string agentType,
        AgentFactory factory,
        Action<AgentHostingOptions>? configure = null
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        Registry(builder.Services).RegisterFactory(agentType, factory);
        return Host(builder, agentType, configure);
    }

    /// <summary>Adds the agents that a registry has now, for example <see cref="AgentRegistry.Default"/>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="registry">The registry. What joins it later is not known to this host.</param>
    /// <param name="configure">Says how this host executes them.</param>
    /// <exception cref="InvalidInputException">Another agent has the name of one, or there is no such runtime.</exception>
    public static EverturnBuilder AddAgents(
        this EverturnBuilder builder,
        AgentRegistry registry,
        Action<AgentHostingOptions>? configure = null
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(registry);
        foreach (var agentType in registry.GetRegisteredTypes())
        {
            _ = registry.Get(agentType) is { } agent
                ? builder.AddAgent(agent, configure)
                : builder.AddAgent(agentType, context => registry.Resolve(agentType, context), configure);
        }

        return builder;
    }

    /// <summary>
    /// Lets a runtime carry the runs of all agents that were not told <see cref="AgentHostingOptions.OnRuntime"/>, those
    /// added before among them.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="runtime">One of <see cref="AgentRuntimes"/>.</param>
    /// <exception cref="InvalidInputException">There is no such runtime.</exception>
    public static EverturnBuilder UseRuntime(this EverturnBuilder builder, string runtime)
    {
        ArgumentNullException.ThrowIfNull(builder);
        AgentHosting.CheckRuntime(runtime, nameof(runtime));
        Hosting(builder.Services).DefaultRuntime = runtime;
        return builder;
    }

    private static EverturnBuilder Host(
        EverturnBuilder builder,
        string agentType,
        Action<AgentHostingOptions>? configure
    )
    {
        var options = new AgentHostingOptions();
        configure?.Invoke(options);
        Hosting(builder.Services).Add(agentType, options);
        builder.Services.AddAgentRuntime();
        // Also for agents on other runtimes: a run that began on this one ends on it.
        builder.Services.AddSingleton(
            new WorkflowRegistration(
                AgentWorkflowName.Of(agentType),
                typeof(AgentWorkflowInput),
                typeof(AgentWorkflowResult),
                services => new AgentRunWorkflow(services.GetRequiredService<AgentWorkflowRunner>())
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
        Hosting(builder.Services);
        builder.Services.AddAgentRuntime();
        configure(Instance<LoopOptions>(builder.Services)!);
        return builder;
    }

    // Both are filled while services are registered, so that a name that is taken is reported where it is written.
    private static AgentRegistry Registry(IServiceCollection services)
    {
        var registry = Instance<AgentRegistry>(services);
        if (registry is null)
        {
            registry = new();
            services.AddSingleton(registry);
            services.TryAddSingleton<IAgentResolver>(registry);
        }

        return registry;
    }

    private static AgentHosting Hosting(IServiceCollection services)
    {
        var hosting = Instance<AgentHosting>(services);
        if (hosting is null)
        {
            hosting = new();
            services.AddSingleton(hosting);
        }

        return hosting;
    }

    private static T? Instance<T>(IServiceCollection services)
        where T : class =>
        services.FirstOrDefault(service => service.ServiceType == typeof(T))?.ImplementationInstance as T;
}
