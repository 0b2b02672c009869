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

    /// <summary>Checks every endpoint of Everturn's.</summary>
    /// <param name="services">The application's services.</param>
    /// <exception cref="InvalidOperationException">One of them says nothing, and there is no fallback policy.</exception>
    public static async Task RunAsync(IServiceProvider services)
    {
        var undecided = services
            .GetRequiredService<EndpointDataSource>()
            .Endpoints.Any(endpoint =>
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
