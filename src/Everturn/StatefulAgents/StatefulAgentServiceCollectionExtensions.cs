using Everturn.StatefulAgents;
using Everturn.StatefulAgents.Hosting;
using Everturn.StatefulAgents.Protocol;
using Everturn.StatefulAgents.Transport;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The services of the object host.</summary>
internal static class StatefulAgentServiceCollectionExtensions
{
    public static void AddStatefulAgentHost(this IServiceCollection services)
    {
        services
            .AddOptions<StatefulAgentHostOptions>()
            .Validate(
                options =>
                    options.IdleTimeout > TimeSpan.Zero
                    && options.MaxInMemory > 0
                    && options.MaxWaiting > 0
                    && options.MaxWaking > 0
                    && options.PollInterval > TimeSpan.Zero
                    && options.ShutdownGrace >= TimeSpan.Zero,
                "An option of stateful agents is out of its range; see StatefulAgentHostOptions."
            );
        services.TryAddSingleton<StatefulAgentRegistry>();
        services.TryAddSingleton<IAgentProtocol, AgentProtocol>();
        services.TryAddSingleton<ObjectHost>();
        services.TryAddSingleton<IObjectTransport>(provider => provider.GetRequiredService<ObjectHost>());
        services.TryAddSingleton<IObjectGateway>(provider => provider.GetRequiredService<ObjectHost>());
        services.TryAddSingleton<IStatefulAgentDirectory, StatefulAgentDirectory>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, StatefulAgentService>());
    }
}
