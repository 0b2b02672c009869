using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Everturn.Testing.Hosting;

/// <summary>Starts the hosts of tests.</summary>
internal static class HostStarter
{
    /// <param name="configure">What the test adds.</param>
    /// <param name="memory">The stores, where the test adds none.</param>
    /// <param name="time">The clock.</param>
    /// <param name="prepare">What the kit adds before the test does.</param>
    /// <param name="complete">What the kit changes of what is there in the end.</param>
    public static IHost Build(
        Action<EverturnBuilder> configure,
        SharedMemory memory,
        TimeProvider time,
        Action<IServiceCollection>? prepare = null,
        Action<IServiceCollection>? complete = null
    )
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging();
        builder.Services.AddSingleton(time);
        prepare?.Invoke(builder.Services);
        // A test that ends while something is under way must not wait for it.
        var everturn = builder.Services.AddEverturn().ConfigureWorkflows(o => o.ShutdownGrace = TimeSpan.Zero);
        configure(everturn);
        memory.AddTo(everturn);
        complete?.Invoke(builder.Services);
        return builder.Build();
    }
}
