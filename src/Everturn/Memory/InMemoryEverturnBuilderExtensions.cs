using Everturn;
using Everturn.Memory;
using Everturn.Sessions;
using Everturn.Storage;
using Everturn.Workflows.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps everything in memory.</summary>
public static class InMemoryEverturnBuilderExtensions
{
    /// <summary>Keeps everything in memory: for tests and trials. Nothing survives the process.</summary>
    /// <param name="builder">The builder.</param>
    public static EverturnBuilder UseInMemory(this EverturnBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton<InMemoryNodeDirectory>();
        builder.Services.TryAddSingleton<INodeDirectory>(services =>
            services.GetRequiredService<InMemoryNodeDirectory>()
        );
        builder.Services.TryAddSingleton<ISessionStore>(services => new InMemorySessionStore(
            services.GetRequiredService<InMemoryNodeDirectory>(),
            services.GetRequiredService<EverturnLimits>()
        ));
        builder.Services.TryAddSingleton<InMemoryWorkflowStore>();
        builder.Services.TryAddSingleton<IWorkflowStore>(services =>
            services.GetRequiredService<InMemoryWorkflowStore>()
        );
        return builder;
    }
}
