using Everturn;
using Everturn.Diagnostics;
using Everturn.Hosting;
using Everturn.Streaming;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers Everturn.</summary>
public static class EverturnServiceCollectionExtensions
{
    /// <summary>Adds Everturn. Go on with a store, for example <c>.UseSqlite(o => o.DataDirectory = "data")</c>.</summary>
    /// <param name="services">The application's services.</param>
    public static EverturnBuilder AddEverturn(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new EverturnLimits());
        services.TryAddSingleton(new TelemetryOptions());
        services.TryAddSingleton<SessionStreams>();
        services.AddWorkflowEngine();
        services.TryAddSingleton<StartupChecks>();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IHostedService, StartupChecks>(provider =>
                provider.GetRequiredService<StartupChecks>()
            )
        );
        return new EverturnBuilder(services);
    }
}
