using Everturn;
using Everturn.Sessions;
using Everturn.Sqlite;
using Everturn.Sqlite.Hosting;
using Everturn.Sqlite.Sessions;
using Everturn.Sqlite.StatefulAgents;
using Everturn.Sqlite.Workflows;
using Everturn.StatefulAgents;
using Everturn.StatefulAgents.Storage;
using Everturn.Storage;
using Everturn.Workflows.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps everything in SQLite.</summary>
public static class SqliteEverturnBuilderExtensions
{
    /// <summary>
    /// Keeps everything in SQLite, in a directory of this machine. The host opens it when it starts and checks the
    /// options then. Payload codecs (<see cref="IPayloadCodec"/>) and a commit observer (<see cref="ICommitObserver"/>)
    /// are taken from the services.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets at least <see cref="SqliteOptions.DataDirectory"/>.</param>
    public static EverturnBuilder UseSqlite(this EverturnBuilder builder, Action<SqliteOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new SqliteOptions();
        configure(options);
        builder.Services.TryAddSingleton(services => new SqliteDatabase(
            options,
            services.GetService<TimeProvider>(),
            services.GetService<ILoggerFactory>(),
            services.GetServices<IPayloadCodec>(),
            services.GetService<ICommitObserver>()
        ));
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, DatabaseOpening>());
        builder.Services.TryAddSingleton(services => services.GetRequiredService<SqliteDatabase>().Nodes);
        builder.Services.TryAddSingleton(services => services.GetRequiredService<SqliteDatabase>().Changes);
        builder.Services.TryAddSingleton<IStoreAvailability>(services => new SqliteAvailability(
            services.GetRequiredService<SqliteDatabase>()
        ));
        builder.Services.TryAddSingleton<IWorkflowStore>(services => new SqliteWorkflowStore(
            services.GetRequiredService<SqliteDatabase>()
        ));
        builder.Services.TryAddSingleton<ICoLocatedInstances>(services => new CoLocatedInstances(
            services.GetRequiredService<SqliteDatabase>()
        ));
        builder.Services.TryAddSingleton<IObjectStore>(services => new SqliteObjectStore(
            services.GetRequiredService<SqliteDatabase>()
        ));
        builder.Services.TryAddSingleton<IObjectDirectory>(services => new SqliteObjectDirectory(
            services.GetRequiredService<SqliteDatabase>(),
            services.GetRequiredService<IOptions<StatefulAgentHostOptions>>().Value.Address
        ));
        builder.Services.TryAddSingleton<ISessionStore>(services => new SqliteSessionStore(
            services.GetRequiredService<SqliteDatabase>(),
            services.GetService<EverturnLimits>(),
            services.GetService<ICoLocatedInstances>()
        ));
        return builder;
    }
}
