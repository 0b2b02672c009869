using Everturn.Memory;
using Everturn.Storage;
using Everturn.Workflows.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Everturn;

/// <summary>Registers the in-memory stores.</summary>
public static class InMemoryBuilderExtensions
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
        builder.Services.TryAddSingleton<InMemoryWorkflowStore>();
        builder.Services.TryAddSingleton<IWorkflowStore>(services =>
            services.GetRequiredService<InMemoryWorkflowStore>()
        );
        return builder;
    }
}
