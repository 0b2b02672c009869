using Microsoft.Extensions.DependencyInjection;

namespace Everturn;

/// <summary>Registers what Everturn consists of: a store, agents, workflows, stateful agents.</summary>
public sealed class EverturnBuilder
{
    internal EverturnBuilder(IServiceCollection services) => Services = services;

    /// <summary>The application's services.</summary>
    public IServiceCollection Services { get; }
}
