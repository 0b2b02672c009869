using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Everturn.AspNetCore.Sessions;

/// <summary>The routes of sessions. What goes wrong in a handler becomes a problem here, and only here.</summary>
internal static class SessionEndpoints
{
    public static void Map(IEndpointRouteBuilder sessions)
    {
        sessions.MapGet("", Handle(ListSessions.HandleAsync)).WithDisplayName("Everturn: list sessions");
        sessions.MapGet("{sessionId}", Handle(GetSession.HandleAsync)).WithDisplayName("Everturn: get session");
        sessions
            .MapDelete("{sessionId}", Handle(DeleteSession.HandleAsync))
            .WithDisplayName("Everturn: delete session");
        sessions.MapPost("{sessionId}/start", Handle(StartAgent.HandleAsync)).WithDisplayName("Everturn: start");
        sessions
            .MapPost("{sessionId}/interrupt", Handle(InterruptAgent.HandleAsync))
            .WithDisplayName("Everturn: interrupt");
        sessions.MapGet("{sessionId}/status", Handle(GetStatus.HandleAsync)).WithDisplayName("Everturn: status");
        sessions.MapGet("{sessionId}/sse", Handle(StreamEvents.HandleAsync)).WithDisplayName("Everturn: sse");
        sessions.MapGet("{sessionId}/messages", Handle(GetMessages.HandleAsync)).WithDisplayName("Everturn: messages");
        sessions.MapGet("{sessionId}/runs", Handle(ListRuns.HandleAsync)).WithDisplayName("Everturn: runs");
        sessions.MapGet("{sessionId}/history", Handle(GetHistory.HandleAsync)).WithDisplayName("Everturn: history");
    }

    public static RequestDelegate Handle(Func<SessionRequest, Task> handler) =>
        async http =>
        {
            try
            {
                var tenants = http.RequestServices.GetService<ITenantResolver>() ?? SingleTenantResolver.Instance;
                var tenant = await tenants.ResolveAsync(http).ConfigureAwait(false);
                await handler(new(http, tenant)).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
            {
                // Whoever asked is gone. What was accepted goes on: a disconnect is not a cancel.
            }
            catch (Exception exception)
            {
                await AnswerAsync(http, exception).ConfigureAwait(false);
            }
        };

    private static async Task AnswerAsync(HttpContext http, Exception exception)
    {
        var problem = Problems.From(exception);
        if (problem.Status == StatusCodes.Status500InternalServerError)
        {
            var logger = http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Everturn.AspNetCore");
            Log.RequestFailed(logger, exception, http.Request.Path);
        }
        if (http.Response.HasStarted)
        {
            // Part of the answer is out: only a broken connection tells the reader that the rest is missing.
            http.Abort();
            return;
        }
        http.Response.Clear();
        await http.Response.WriteAsync(problem).ConfigureAwait(false);
    }
}
