using Everturn.Memory;
using Everturn.Workflows.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Everturn;

/// <summary>Registers the in-memory stores.</summary>
public static class MemoryBuilderExtensions
{
    /// <summary>Keeps everything in memory: for tests and trials. Nothing survives the process.</summary>
    /// <param name="builder">The builder.</param>
    public static EverturnBuilder UseMemory(this EverturnBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton<MemoryNodes>();
        builder.Services.TryAddSingleton(services => services.GetRequiredService<MemoryNodes>().Join());
        builder.Services.TryAddSingleton<MemoryWorkflowStore>();
        builder.Services.TryAddSingleton<IWorkflowStore>(services =>
            services.GetRequiredService<MemoryWorkflowStore>()
        );
        return builder;
    }
}
