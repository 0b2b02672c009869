using System.Diagnostics.CodeAnalysis;
using Everturn.AspNetCore.Server;
using Everturn.Loop;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Everturn;

/// <summary>Registers agent servers: chat clients, hooks and endpoints for what <c>MapEverturn</c> maps.</summary>
public static class AgentServerBuilderExtensions
{
    /// <summary>Adds the default server, which <c>MapEverturn</c> takes unless told otherwise.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Says what it is made of.</param>
    /// <exception cref="InvalidInputException">There is one already, or the options are not acceptable.</exception>
    public static EverturnBuilder AddAgentServer(this EverturnBuilder builder, Action<AgentServerOptions> configure) =>
        AddAgentServer(builder, AgentServer.DefaultName, configure);

    /// <summary>Adds a server with a name, for <c>MapEverturn(prefix, server: name)</c>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">Its name, <c>[a-z0-9-]{1,64}</c>. Runs keep it: another process finds their server by it.</param>
    /// <param name="configure">Says what it is made of.</param>
    /// <exception cref="InvalidInputException">The name is taken, or the options are not acceptable.</exception>
    public static EverturnBuilder AddAgentServer(
        this EverturnBuilder builder,
        string name,
        Action<AgentServerOptions> configure
    )
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = Options(configure);
        return Add(builder, name, options, _ => new AgentServer(options));
    }

    /// <summary>Adds a server of a class of its own. Its constructor takes the options, and services as it likes.</summary>
    /// <typeparam name="TServer">The class.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="name">Its name, <c>[a-z0-9-]{1,64}</c>.</param>
    /// <param name="configure">Says what else it is made of.</param>
    /// <exception cref="InvalidInputException">The name is taken, or the options are not acceptable.</exception>
    public static EverturnBuilder AddAgentServer<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TServer
    >(this EverturnBuilder builder, string name = AgentServer.DefaultName, Action<AgentServerOptions>? configure = null)
        where TServer : AgentServer
    {
        var options = Options(configure);
        return Add(builder, name, options, services => ActivatorUtilities.CreateInstance<TServer>(services, options));
    }

    private static AgentServerOptions Options(Action<AgentServerOptions>? configure)
    {
        var options = new AgentServerOptions();
        configure?.Invoke(options);
        foreach (var path in options.Endpoints.Keys)
        {
            CustomEndpoints.CheckPath(path);
        }

        return options.StopTimeout > TimeSpan.Zero
            ? options
            : throw new InvalidInputException(nameof(options.StopTimeout), "It is longer than nothing.");
    }

    private static EverturnBuilder Add(
        EverturnBuilder builder,
        string name,
        AgentServerOptions options,
        Func<IServiceProvider, AgentServer> create
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        Identifiers.CheckAgentName(name, nameof(name));
        var services = builder.Services;
        if (services.Any(service => (service.ImplementationInstance as AgentServerRegistration)?.Name == name))
        {
            throw new InvalidInputException(nameof(name), $"There is an agent server '{name}' already.");
        }

        ServedAgents.Register(builder, options);
        services.AddSingleton(new AgentServerRegistration(name, create));
        services.TryAddSingleton<AgentServers>();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IChatClientSource, AgentServers>(provider =>
                provider.GetRequiredService<AgentServers>()
            )
        );
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, RunEndReporter>());
        return builder;
    }
}
