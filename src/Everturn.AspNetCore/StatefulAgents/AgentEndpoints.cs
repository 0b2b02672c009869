using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Everturn.AspNetCore.StatefulAgents;

/// <summary>Maps routes to stateful agents. What goes wrong on one becomes an answer here, and only here.</summary>
internal static class AgentEndpoints
{
    /// <summary>Maps a path and everything below it.</summary>
    /// <param name="endpoints">Where.</param>
    /// <param name="pattern">The path.</param>
    /// <param name="options">The route's options.</param>
    /// <param name="find">Says where a request goes, from its target; null where the route has nothing for it.</param>
    public static void Map(
        IEndpointRouteBuilder endpoints,
        string pattern,
        AgentRoutingOptions options,
        Func<HttpContext, string, ValueTask<AgentRoute?>> find
    )
    {
        var services = endpoints.ServiceProvider;
        var handler = new Lazy<AgentHandler>(() => new(services, options));
        var connections = services.GetRequiredService<IOptions<StreamConnectionOptions>>().Value;
        var pipeline = endpoints
            .CreateApplicationBuilder()
            .UseWebSockets(
                new() { KeepAliveInterval = connections.PingInterval, KeepAliveTimeout = connections.DeadAfter }
            );
        pipeline.Run(http => AnswerAsync(http, handler, options, find));
        var everything = pattern.TrimEnd('/') + "/{**everturnPath}";
        endpoints.Map(everything, pipeline.Build()).WithDisplayName("Everturn: stateful agents");
        if (options.CorsHeaders.Count > 0)
        {
            // A preflight carries no credentials, whatever the endpoints ask for.
            endpoints
                .MapMethods(everything, [HttpMethods.Options], http => Preflight(http, options))
                .WithDisplayName("Everturn: stateful agents, preflight")
                .AllowAnonymous();
        }
    }

    private static async Task AnswerAsync(
        HttpContext http,
        Lazy<AgentHandler> handler,
        AgentRoutingOptions options,
        Func<HttpContext, string, ValueTask<AgentRoute?>> find
    )
    {
        SetCors(http, options);
        try
        {
            var target = AgentPath.Target(http);
            if (await find(http, target).ConfigureAwait(false) is { } route)
            {
                await handler.Value.HandleAsync(http, target, route).ConfigureAwait(false);
            }
            else
            {
                http.Response.StatusCode = StatusCodes.Status404NotFound;
            }
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Whoever asked is gone. The object's turn goes on.
        }
        catch (Exception exception)
        {
            await AnswerAsync(http, exception, options).ConfigureAwait(false);
        }
    }

    private static async Task AnswerAsync(HttpContext http, Exception exception, AgentRoutingOptions options)
    {
        var logger = http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Everturn.AspNetCore");
        if (http.Response.HasStarted)
        {
            AgentLog.ConnectionFailed(logger, exception);
            http.Abort();
            return;
        }
        var problem = AgentProblems.From(exception);
        if (problem.Status == StatusCodes.Status500InternalServerError)
        {
            Log.RequestFailed(logger, exception, http.Request.Path);
        }
        http.Response.Clear();
        SetCors(http, options);
        if (exception is UnknownAgentException)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            await http.Response.WriteAsync(exception.Message, http.RequestAborted).ConfigureAwait(false);
            return;
        }
        await http.Response.WriteAsync(problem).ConfigureAwait(false);
    }

    private static Task Preflight(HttpContext http, AgentRoutingOptions options)
    {
        SetCors(http, options);
        return Task.CompletedTask;
    }

    private static void SetCors(HttpContext http, AgentRoutingOptions options)
    {
        foreach (var (name, value) in options.CorsHeaders)
        {
            http.Response.Headers[name] = value;
        }
    }
}
