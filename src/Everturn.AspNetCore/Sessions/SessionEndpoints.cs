using Everturn.AspNetCore.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Everturn.AspNetCore.Sessions;

/// <summary>The routes of sessions. What goes wrong in a handler becomes a problem here, and only here.</summary>
internal static class SessionEndpoints
{
    public static void Map(IEndpointRouteBuilder sessions)
    {
        sessions
            .MapGet("", Handle(ListSessions.HandleAsync, EverturnAction.Read))
            .WithDisplayName("Everturn: list sessions");
        WebSocketRoute
            .Map(
                sessions,
                "{sessionId}",
                Handle(ConnectSession.HandleAsync, EverturnAction.Read),
                Handle(GetSession.HandleAsync, EverturnAction.Read)
            )
            .WithDisplayName("Everturn: get session, or its WebSocket");
        sessions
            .MapPatch("{sessionId}", Handle(UpdateSession.HandleAsync, EverturnAction.Update))
            .WithDisplayName("Everturn: update session");
        sessions
            .MapDelete("{sessionId}", Handle(DeleteSession.HandleAsync, EverturnAction.Delete))
            .WithDisplayName("Everturn: delete session");
        sessions
            .MapPost("{sessionId}/start", Handle(StartAgent.HandleAsync, EverturnAction.Start))
            .WithDisplayName("Everturn: start");
        sessions
            .MapPost("{sessionId}/resume", Handle(ResumeAgent.HandleAsync, EverturnAction.Control))
            .WithDisplayName("Everturn: resume");
        sessions
            .MapPost("{sessionId}/retry", Handle(RetryAgent.HandleAsync, EverturnAction.Control))
            .WithDisplayName("Everturn: retry");
        sessions
            .MapPost("{sessionId}/abort", Handle(AbortAgent.HandleAsync, EverturnAction.Control))
            .WithDisplayName("Everturn: abort");
        sessions
            .MapPost("{sessionId}/interrupt", Handle(InterruptAgent.HandleAsync, EverturnAction.Control))
            .WithDisplayName("Everturn: interrupt");
        sessions
            .MapGet("{sessionId}/status", Handle(GetStatus.HandleAsync, EverturnAction.Read))
            .WithDisplayName("Everturn: status");
        sessions
            .MapGet("{sessionId}/sse", Handle(StreamEvents.HandleAsync, EverturnAction.Read))
            .WithDisplayName("Everturn: sse");
        sessions
            .MapGet("{sessionId}/messages", Handle(GetMessages.HandleAsync, EverturnAction.Read))
            .WithDisplayName("Everturn: messages");
        sessions
            .MapGet("{sessionId}/runs", Handle(ListRuns.HandleAsync, EverturnAction.Read))
            .WithDisplayName("Everturn: runs");
        sessions
            .MapGet("{sessionId}/checkpoints", Handle(ListCheckpoints.HandleAsync, EverturnAction.Read))
            .WithDisplayName("Everturn: checkpoints");
        sessions
            .MapGet("{sessionId}/usage", Handle(GetUsage.HandleAsync, EverturnAction.Read))
            .WithDisplayName("Everturn: usage");
        sessions
            .MapGet("{sessionId}/snapshot", Handle(GetSnapshot.HandleAsync, EverturnAction.Read))
            .WithDisplayName("Everturn: snapshot");
        sessions
            .MapGet("{sessionId}/history", Handle(GetHistory.HandleAsync, EverturnAction.Read))
            .WithDisplayName("Everturn: history");
    }

    public static RequestDelegate Handle(Func<SessionRequest, Task> handler, EverturnAction action) =>
        async http =>
        {
            try
            {
                var tenants = http.RequestServices.GetService<ITenantResolver>() ?? SingleTenantResolver.Instance;
                var tenant = await tenants.ResolveAsync(http).ConfigureAwait(false);
                var request = await SessionAccess.CheckAsync(new(http, tenant), action).ConfigureAwait(false);
                await handler(request).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
            {
                // Whoever asked is gone. What was accepted goes on: a disconnect is not a cancel.
            }
            catch (Exception exception)
            {
                await ProblemAnswer.WriteAsync(http, exception, Problems.From(exception)).ConfigureAwait(false);
            }
        };
}
