using System.Diagnostics.CodeAnalysis;
using Everturn.AspNetCore;
using Everturn.AspNetCore.Sessions;
using Everturn.AspNetCore.WebSockets;
using Microsoft.AspNetCore.Routing;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the stream of a session to an address of the application's own, for a gateway in front of sessions.</summary>
public static class EverturnStreamRouteBuilderExtensions
{
    private const string Parameter = "{sessionId}";

    /// <summary>Answers like <c>GET /sessions/{sessionId}/sse</c>. Say who may use it, as with <c>MapEverturn</c>.</summary>
    /// <param name="endpoints">The application, or a group of it.</param>
    /// <param name="pattern">The path, with <c>{sessionId}</c> in it, for example <c>/stream/{sessionId}</c>.</param>
    /// <exception cref="ArgumentException">The pattern does not have the parameter.</exception>
    public static IEndpointConventionBuilder MapEverturnStream(
        this IEndpointRouteBuilder endpoints,
        [StringSyntax("Route")] string pattern
    )
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        CheckPattern(pattern);
        var handler = SessionEndpoints.Handle(StreamEvents.HandleAsync, EverturnAction.Read);
        return Guard(endpoints, endpoints.MapGet(pattern, handler).WithDisplayName("Everturn: stream"));
    }

    /// <summary>Answers like the WebSocket on <c>/sessions/{sessionId}</c>. Say who may use it, as with <c>MapEverturn</c>.</summary>
    /// <param name="endpoints">The application, or a group of it.</param>
    /// <param name="pattern">The path, with <c>{sessionId}</c> in it, for example <c>/ws/{sessionId}</c>.</param>
    /// <exception cref="ArgumentException">The pattern does not have the parameter.</exception>
    public static IEndpointConventionBuilder MapEverturnWebSocket(
        this IEndpointRouteBuilder endpoints,
        [StringSyntax("Route")] string pattern
    )
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        CheckPattern(pattern);
        var connect = SessionEndpoints.Handle(ConnectSession.HandleAsync, EverturnAction.Read);
        var refuse = SessionEndpoints.Handle(
            static _ => throw new HttpProblemException(Problems.UpgradeRequired()),
            EverturnAction.Read
        );
        var route = WebSocketRoute.Map(endpoints, pattern, connect, refuse);
        return Guard(endpoints, route.WithDisplayName("Everturn: WebSocket"));
    }

    private static IEndpointConventionBuilder Guard(IEndpointRouteBuilder endpoints, IEndpointConventionBuilder route)
    {
        AuthorizationCheck.Require(endpoints);
        return route.WithMetadata(EverturnEndpointMetadata.Instance);
    }

    private static void CheckPattern(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        if (!pattern.Contains(Parameter, StringComparison.Ordinal))
        {
            throw new ArgumentException($"The pattern needs {Parameter}.", nameof(pattern));
        }
    }
}
