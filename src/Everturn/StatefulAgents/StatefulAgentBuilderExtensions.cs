using System.Diagnostics.CodeAnalysis;
using Everturn.StatefulAgents;
using Everturn.StatefulAgents.Dispatch;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn;

/// <summary>Registers stateful agents.</summary>
public static class StatefulAgentBuilderExtensions
{
    /// <summary>
    /// Adds a class of stateful agents. Each stay of an object in memory makes a new instance in a service scope of its
    /// own.
    /// </summary>
    /// <typeparam name="TAgent">The class; constructor parameters come from the container.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="name">Its name in URLs; null for the class's name in kebab case.</param>
    /// <param name="module">Its methods; null for what the source generator found.</param>
    /// <exception cref="InvalidInputException">The name breaks its rule.</exception>
    public static EverturnBuilder AddStatefulAgent<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TAgent
    >(this EverturnBuilder builder, string? name = null, AgentModule? module = null)
        where TAgent : StatefulAgent
    {
        ArgumentNullException.ThrowIfNull(builder);
        name ??= AgentNames.ToKebab(typeof(TAgent).Name);
        Identifiers.CheckAgentName(name, nameof(name));
        var create = ActivatorUtilities.CreateFactory<TAgent>([]);
        builder.Services.AddSingleton(
            new StatefulAgentRegistration(
                name,
                typeof(TAgent),
                module ?? AgentModules.Find<TAgent>(),
                services => create(services, [])
            )
        );
        builder.Services.AddStatefulAgentHost();
        return builder;
    }

    /// <summary>Changes how this host runs stateful agents.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets options.</param>
    public static EverturnBuilder ConfigureStatefulAgents(
        this EverturnBuilder builder,
        Action<StatefulAgentHostOptions> configure
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Configure(configure);
        return builder;
    }
}
