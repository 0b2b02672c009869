using Everturn.Agents;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn;

/// <summary>Registers hooks for all agents of a host.</summary>
public static class HookBuilderExtensions
{
    /// <summary>Adds hooks for all agents of this host. They come before those of the agents.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="hooks">The hooks.</param>
    public static EverturnBuilder AddHooks(this EverturnBuilder builder, AgentHooks hooks)
    {
        ArgumentNullException.ThrowIfNull(hooks);
        return builder.AddHooks(_ => hooks);
    }

    /// <summary>Adds hooks that need services, for all agents of this host. They come before those of the agents.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="hooks">Makes the hooks, once.</param>
    public static EverturnBuilder AddHooks(this EverturnBuilder builder, Func<IServiceProvider, AgentHooks> hooks)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(hooks);
        builder.Services.AddSingleton(hooks);
        return builder;
    }
}
