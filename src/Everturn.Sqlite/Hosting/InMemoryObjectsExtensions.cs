using Everturn;
using Everturn.Memory;
using Everturn.Sqlite.StatefulAgents;
using Everturn.StatefulAgents.Storage;
using Everturn.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps stateful agents in memory.</summary>
public static class InMemoryObjectsExtensions
{
    /// <summary>
    /// Keeps the databases of stateful agents in memory, each an SQLite database: for tests and trials, beside
    /// <c>UseInMemory</c>. Nothing survives the process.
    /// </summary>
    /// <param name="builder">The builder.</param>
    public static EverturnBuilder UseInMemoryObjects(this EverturnBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton<IObjectStore, InMemoryObjectStore>();
        builder.Services.TryAddSingleton<IObjectDirectory>(services => new InMemoryObjectDirectory(
            services.GetRequiredService<INodeDirectory>()
        ));
        return builder;
    }
}
