using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Everturn.AspNetCore.WebSockets;

/// <summary>Maps paths that speak WebSocket, without the application having to add a middleware for it.</summary>
internal static class WebSocketRoute
{
    // A WebSocket over HTTP/2 is a CONNECT (RFC 8441).
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Connect];

    /// <summary>Maps a path.</summary>
    /// <param name="endpoints">Where.</param>
    /// <param name="pattern">The path.</param>
    /// <param name="connect">Answers requests that want a WebSocket.</param>
    /// <param name="get">Answers all others.</param>
    public static IEndpointConventionBuilder Map(
        IEndpointRouteBuilder endpoints,
        string pattern,
        RequestDelegate connect,
        RequestDelegate get
    )
    {
        var options = endpoints.ServiceProvider.GetRequiredService<IOptions<StreamConnectionOptions>>().Value;
        var pipeline = endpoints
            .CreateApplicationBuilder()
            .UseWebSockets(new() { KeepAliveInterval = options.PingInterval, KeepAliveTimeout = options.DeadAfter });
        pipeline.Run(http => http.WebSockets.IsWebSocketRequest ? connect(http) : get(http));
        return endpoints.MapMethods(pattern, Methods, pipeline.Build());
    }
}
