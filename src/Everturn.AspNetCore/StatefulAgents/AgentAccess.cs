using Everturn.StatefulAgents;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.AspNetCore.StatefulAgents;

/// <summary>
/// Who may reach which object. An object is made by the first who names it and has no owner, so the default authorizer
/// has nothing to decide by: then the endpoint's own authorization and the hooks are what counts.
/// </summary>
internal static class AgentAccess
{
    /// <summary>What a client is told that may not connect; it does not come back.</summary>
    public static readonly SocketClose Refused = new(4403, "Forbidden");

    /// <summary>Whether the caller may reach the object.</summary>
    public static ValueTask<bool> AllowsAsync(HttpContext http, StatefulAgentId id) =>
        Decides(http)
            ? new AuthorizationRequest(http).AllowsAsync(Resource(id), Action(http))
            : ValueTask.FromResult(true);

    /// <summary>Insists on it.</summary>
    /// <exception cref="HttpProblemException">The caller may not.</exception>
    public static ValueTask DemandAsync(HttpContext http, StatefulAgentId id) =>
        Decides(http)
            ? new AuthorizationRequest(http).DemandAsync(Resource(id), Action(http), AgentProblems.NotFound(id))
            : ValueTask.CompletedTask;

    private static bool Decides(HttpContext http) =>
        http.RequestServices.GetService<IEverturnAuthorizer>() is not (null or OwnerAuthorizer);

    // Over a socket everything can be done that an object offers.
    private static EverturnAction Action(HttpContext http) =>
        !http.WebSockets.IsWebSocketRequest
        && (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
            ? EverturnAction.Read
            : EverturnAction.Control;

    private static EverturnResource Resource(StatefulAgentId id) =>
        new()
        {
            Kind = EverturnResourceKind.StatefulAgent,
            Tenant = id.Tenant,
            Id = id.Name,
            Type = id.Agent,
        };
}
