using Everturn.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.AspNetCore;

/// <summary>
/// Makes sure that somebody decided who may use the endpoints: an agent with tools that is open to the world by
/// oversight is worse than an application that does not start.
/// </summary>
internal static class AuthorizationCheck
{
    public const string Message =
        "Who may use Everturn's endpoints is not said. Choose one: app.MapEverturn().RequireAuthorization(); or "
        + "app.MapEverturn().AllowAnonymous(); (a fallback policy counts too).";

    /// <summary>Makes the application check its endpoints when it starts: before it listens, where all of them are known.</summary>
    /// <param name="endpoints">Where they are mapped.</param>
    /// <exception cref="InvalidOperationException">The application has no Everturn.</exception>
    public static void Require(IEndpointRouteBuilder endpoints)
    {
        var services = endpoints.ServiceProvider;
        var checks =
            services.GetService<StartupChecks>()
            ?? throw new InvalidOperationException(
                "Everturn's endpoints need its services: call builder.Services.AddEverturn() first."
            );
        // A group does not know what is decided for the groups around it.
        if (endpoints is not RouteGroupBuilder)
        {
            checks.AddFirst(() => RunAsync(endpoints.DataSources, services));
        }
        checks.Add(() => RunAsync([services.GetRequiredService<EndpointDataSource>()], services));
    }

    /// <summary>Checks every endpoint of Everturn's.</summary>
    /// <param name="sources">Where they are.</param>
    /// <param name="services">The application's services.</param>
    /// <exception cref="InvalidOperationException">One of them says nothing, and there is no fallback policy.</exception>
    private static async Task RunAsync(IEnumerable<EndpointDataSource> sources, IServiceProvider services)
    {
        var undecided = sources
            .SelectMany(source => source.Endpoints)
            .Any(endpoint =>
                endpoint.Metadata.GetMetadata<EverturnEndpointMetadata>() is not null
                && endpoint.Metadata.GetMetadata<IAuthorizeData>() is null
                && endpoint.Metadata.GetMetadata<AuthorizationPolicy>() is null
                && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null
            );
        if (!undecided)
        {
            return;
        }
        var policies = services.GetService<IAuthorizationPolicyProvider>();
        if (policies is null || await policies.GetFallbackPolicyAsync().ConfigureAwait(false) is null)
        {
            throw new InvalidOperationException(Message);
        }
    }
}
