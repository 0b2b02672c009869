using System.Diagnostics.CodeAnalysis;
using Everturn.AspNetCore;
using Everturn.AspNetCore.Sessions;
using Everturn.Hosting;
using Everturn.StatefulAgents;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps Everturn's endpoints.</summary>
public static class EverturnEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps all endpoints. Say who may use them, with <c>.RequireAuthorization()</c> or <c>.AllowAnonymous()</c> on the
    /// result or with a fallback policy: without any of these the application does not start.
    /// </summary>
    /// <param name="endpoints">The application, or a group of it.</param>
    /// <param name="prefix">What comes before the paths, for example <c>/api</c>. Default: nothing.</param>
    public static IEndpointConventionBuilder MapEverturn(
        this IEndpointRouteBuilder endpoints,
        [StringSyntax("Route")] string prefix = ""
    )
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var group = endpoints.MapGroup(prefix);
        group.MapEverturnSessions();
        if (endpoints.ServiceProvider.GetService<StatefulAgentRegistry>() is not null)
        {
            group.MapEverturnAgents();
        }
        return group;
    }

    /// <summary>
    /// Maps the endpoints of sessions, below <c>/sessions</c>, as a group of their own. Say who may use them, as with
    /// <see cref="MapEverturn"/>.
    /// </summary>
    /// <param name="endpoints">The application, or a group of it.</param>
    /// <param name="prefix">What comes before <c>/sessions</c>. Default: nothing.</param>
    public static IEndpointConventionBuilder MapEverturnSessions(
        this IEndpointRouteBuilder endpoints,
        [StringSyntax("Route")] string prefix = ""
    )
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var group = endpoints.MapGroup(prefix + "/sessions");
        group.WithMetadata(EverturnEndpointMetadata.Instance);
        SessionEndpoints.Map(group);

        var services = endpoints.ServiceProvider;
        var checks =
            services.GetService<StartupChecks>()
            ?? throw new InvalidOperationException(
                "Everturn's endpoints need its services: call builder.Services.AddEverturn() first."
            );
        checks.Add(() => AuthorizationCheck.RunAsync(services));
        return group;
    }
}
