using System.Diagnostics.CodeAnalysis;
using Everturn.AspNetCore;
using Everturn.AspNetCore.OpenApi;
using Everturn.AspNetCore.Server;
using Everturn.AspNetCore.Sessions;
using Everturn.AspNetCore.Workflows;
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
    /// <param name="server">
    /// Name of the agent server whose hooks and endpoints these have. Default: the one registered without a name, if any.
    /// </param>
    /// <exception cref="InvalidOperationException">There is no such server, or no Everturn.</exception>
    public static IEndpointConventionBuilder MapEverturn(
        this IEndpointRouteBuilder endpoints,
        [StringSyntax("Route")] string prefix = "",
        string? server = null
    )
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var group = endpoints.MapGroup(prefix);
        group.MapEverturnSessions(server: server);
        group.MapEverturnWorkflows();
        if (endpoints.ServiceProvider.GetService<StatefulAgentRegistry>() is not null)
        {
            group.MapEverturnAgents();
        }
        AuthorizationCheck.Require(endpoints);
        if (prefix.Trim('/').Length > 0)
        {
            UnknownRoute.Map(group);
        }
        return group;
    }

    /// <summary>
    /// Maps the endpoints of sessions, below <c>/sessions</c>, as a group of their own. Say who may use them, as with
    /// <see cref="MapEverturn"/>.
    /// </summary>
    /// <param name="endpoints">The application, or a group of it.</param>
    /// <param name="prefix">What comes before <c>/sessions</c>. Default: nothing.</param>
    /// <param name="server">Name of the agent server whose hooks and endpoints these have; see <see cref="MapEverturn"/>.</param>
    /// <exception cref="InvalidOperationException">There is no such server, or no Everturn.</exception>
    public static IEndpointConventionBuilder MapEverturnSessions(
        this IEndpointRouteBuilder endpoints,
        [StringSyntax("Route")] string prefix = "",
        string? server = null
    )
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var services = endpoints.ServiceProvider;
        var group = endpoints.MapGroup(prefix + "/sessions");
        group.WithMetadata(new EverturnEndpointMetadata("Sessions", "/sessions", SessionOperations.All));
        SessionEndpoints.Map(group);
        UnknownRoute.Map(group);
        if (FindServer(services, server) is { } found)
        {
            group.WithMetadata(found);
            CustomEndpoints.Map(group, found);
        }

        AuthorizationCheck.Require(endpoints);
        return group;
    }

    /// <summary>
    /// Maps the endpoints of workflows and their instances, below <c>/workflows</c>, as a group of their own: what
    /// operators need. Say who may use them, as with <see cref="MapEverturn"/>. An instance belongs to nobody, so whoever
    /// is signed in needs an <see cref="IEverturnAuthorizer"/> that lets them.
    /// </summary>
    /// <param name="endpoints">The application, or a group of it.</param>
    /// <param name="prefix">What comes before <c>/workflows</c>. Default: nothing.</param>
    /// <exception cref="InvalidOperationException">There is no Everturn.</exception>
    public static IEndpointConventionBuilder MapEverturnWorkflows(
        this IEndpointRouteBuilder endpoints,
        [StringSyntax("Route")] string prefix = ""
    )
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var group = endpoints.MapGroup(prefix + "/workflows");
        group.WithMetadata(new EverturnEndpointMetadata("Workflows", "/workflows", WorkflowOperations.All));
        WorkflowEndpoints.Map(group);
        UnknownRoute.Map(group);
        AuthorizationCheck.Require(endpoints);
        return group;
    }

    private static AgentServer? FindServer(IServiceProvider services, string? name)
    {
        var servers = services.GetService<AgentServers>();
        return servers?.Find(name ?? AgentServer.DefaultName)
            ?? (
                name is null
                    ? null
                    : throw new InvalidOperationException(
                        $"There is no agent server '{name}': call builder.Services.AddEverturn().AddAgentServer(\"{name}\", ...) first."
                    )
            );
    }
}
