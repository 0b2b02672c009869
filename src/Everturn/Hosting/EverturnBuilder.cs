using Microsoft.Extensions.DependencyInjection;

namespace Everturn;

/// <summary>Adds agents, workflows and stores to an application; see <c>services.AddEverturn()</c>.</summary>
/// <param name="services">The application's services.</param>
public sealed class EverturnBuilder(IServiceCollection services)
{
    /// <summary>The application's services.</summary>
    public IServiceCollection Services { get; } = services;
}
