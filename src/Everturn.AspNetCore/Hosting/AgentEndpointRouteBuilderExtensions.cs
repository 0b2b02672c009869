using System.Diagnostics.CodeAnalysis;
using Everturn.AspNetCore;
using Everturn.AspNetCore.StatefulAgents;
using Everturn.StatefulAgents;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the endpoints of stateful agents.</summary>
public static class AgentEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps <c>/agents/{agent}/{name}</c> and everything below it, for WebSockets and requests, as clients of Cloudflare
    /// Agents address it (<c>routeAgentRequest</c>). Say who may use it, as with <c>MapEverturn</c>.
    /// </summary>
    /// <param name="endpoints">The application, or a group of it.</param>
    /// <param name="prefix">What comes before <c>/agents</c>. Default: nothing.</param>
    /// <param name="configure">Sets options of the route.</param>
    public static IEndpointConventionBuilder MapEverturnAgents(
        this IEndpointRouteBuilder endpoints,
        [StringSyntax("Route")] string prefix = "",
        Action<AgentRoutingOptions>? configure = null
    )
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var registry = Registry(endpoints);
        var options = Configure(configure);
        var group = Group(endpoints, $"{prefix.TrimEnd('/')}/{options.Prefix.Trim('/')}");
        AgentEndpoints.Map(
            group,
            "",
            options,
            async (http, target) =>
            {
                var segments = AgentPath.Segments(target)[SegmentsBefore(http)..];
                if (segments.Length < 2)
                {
                    return null;
                }
                if (registry.Find(segments[0]) is null)
                {
                    throw new UnknownAgentException();
                }
                var tenant = await TenantAsync(http).ConfigureAwait(false);
                return new(new(tenant, segments[0], segments[1]), string.Join('/', segments[2..]));
            }
        );
        return group;
    }

    /// <summary>
    /// Maps a path of your own, and everything below it, to objects of one class that you choose: what clients reach with
    /// <c>basePath</c> (<c>getAgentByName</c> and forwarding, upstream).
    /// </summary>
    /// <typeparam name="TAgent">The class.</typeparam>
    /// <param name="endpoints">The application, or a group of it.</param>
    /// <param name="pattern">The path, for example <c>/me</c> or <c>/rooms/{room}</c>.</param>
    /// <param name="name">Says which object, for example by the caller's claims; null for none (404).</param>
    /// <param name="configure">Sets options of the route.</param>
    public static IEndpointConventionBuilder MapStatefulAgent<TAgent>(
        this IEndpointRouteBuilder endpoints,
        [StringSyntax("Route")] string pattern,
        Func<HttpContext, string?> name,
        Action<AgentRoutingOptions>? configure = null
    )
        where TAgent : StatefulAgent
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(name);
        var agent = Registry(endpoints).Get(typeof(TAgent)).Name;
        var group = Group(endpoints, pattern.TrimEnd('/'));
        AgentEndpoints.Map(
            group,
            "",
            Configure(configure),
            async (http, target) =>
            {
                if (name(http) is not { } chosen)
                {
                    return null;
                }
                var rest = AgentPath.Segments(target)[SegmentsBefore(http)..];
                var tenant = await TenantAsync(http).ConfigureAwait(false);
                return new(new(tenant, agent, chosen), string.Join('/', rest));
            }
        );
        return group;
    }

    private static RouteGroupBuilder Group(IEndpointRouteBuilder endpoints, string pattern)
    {
        var group = endpoints.MapGroup(pattern);
        group.WithMetadata(EverturnEndpointMetadata.Instance);
        AuthorizationCheck.Require(endpoints);
        return group;
    }

    private static AgentRoutingOptions Configure(Action<AgentRoutingOptions>? configure)
    {
        var options = new AgentRoutingOptions();
        configure?.Invoke(options);
        return options;
    }

    private static StatefulAgentRegistry Registry(IEndpointRouteBuilder endpoints) =>
        endpoints.ServiceProvider.GetService<StatefulAgentRegistry>()
        ?? throw new InvalidOperationException(
            "There are no stateful agents: call builder.Services.AddEverturn().AddStatefulAgent<TAgent>() first."
        );

    private static ValueTask<string> TenantAsync(HttpContext http) =>
        (http.RequestServices.GetService<ITenantResolver>() ?? SingleTenantResolver.Instance).ResolveAsync(http);

    // The last segment of the pattern takes everything else; those before it, and the application's base, are not ours.
    private static int SegmentsBefore(HttpContext http)
    {
        var pattern = ((RouteEndpoint)http.GetEndpoint()!).RoutePattern;
        var ours = pattern.PathSegments.Count(segment =>
            segment.Parts is not [RoutePatternParameterPart { IsCatchAll: true }]
        );
        var pathBase = http.Request.PathBase.Value ?? "";
        return ours + pathBase.Split('/', StringSplitOptions.RemoveEmptyEntries).Length;
    }
}
