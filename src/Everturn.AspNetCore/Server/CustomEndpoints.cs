using System.Buffers;
using System.Text.Json;
using Everturn.AspNetCore.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Everturn.AspNetCore.Server;

/// <summary>The endpoints of the application's own, before the built-in ones.</summary>
internal static class CustomEndpoints
{
    private static readonly SearchValues<char> NotInPaths = SearchValues.Create("{}*?# ");
    private static readonly HttpMethodMetadata Reading = new([HttpMethods.Get, HttpMethods.Head]);

    /// <summary>Refuses what is no path below a session.</summary>
    /// <exception cref="InvalidInputException">It is none.</exception>
    public static void CheckPath(string path)
    {
        if (path.Length < 2 || path[0] != '/' || path[^1] == '/' || path.AsSpan().ContainsAny(NotInPaths))
        {
            throw new InvalidInputException(
                nameof(AgentServerOptions.Endpoints),
                $"'{path}' is not a path like \"/export\": a slash, then segments without parameters."
            );
        }
    }

    public static void Map(IEndpointRouteBuilder sessions, AgentServer server)
    {
        foreach (var (path, handler) in server.Options.Endpoints)
        {
            Map(sessions, path, EverturnAction.Read, handler).WithMetadata(Reading);
            Map(sessions, path, IsStart(path) ? EverturnAction.Start : EverturnAction.Control, handler);
        }
    }

    private static IEndpointConventionBuilder Map(
        IEndpointRouteBuilder sessions,
        string path,
        EverturnAction action,
        EndpointHandler handler
    ) =>
        sessions
            .Map("{sessionId}" + path, SessionEndpoints.Handle(request => HandleAsync(request, path, handler), action))
            .WithDisplayName($"Everturn: {path}, of the application")
            .WithOrder(-1);

    private static bool IsStart(string path) => path.Equals("/start", StringComparison.OrdinalIgnoreCase);

    private static async Task HandleAsync(SessionRequest request, string path, EndpointHandler handler)
    {
        var key = request.Key();
        if (IsStart(path))
        {
            await TransformAsync(request).ConfigureAwait(false);
        }
        var context = new EndpointContext
        {
            Services = request.Http.RequestServices,
            Session = key,
            ExecutionState = await ExecutionState.ReadAsync(request, key).ConfigureAwait(false),
            Logger = request.Server!.Logger(request.Http.RequestServices),
        };
        var result = await handler(request.Http.Request, context).ConfigureAwait(false);
        await result.ExecuteAsync(request.Http).ConfigureAwait(false);
    }

    // Whoever takes the place of /start gets the same body as /start would.
    private static async Task TransformAsync(SessionRequest request)
    {
        var http = request.Http.Request;
        if (HttpMethods.IsPost(http.Method) && request.Server!.Has(request.Server.Options.Hooks.TransformRequest))
        {
            var body = await StartBody.ReadAsync(request).ConfigureAwait(false);
            var json = JsonSerializer.SerializeToUtf8Bytes(body, EverturnHttpJson.Default.StartAgentRequestV2);
            http.Body = new MemoryStream(json, writable: false);
            http.ContentLength = json.Length;
            http.ContentType = "application/json";
        }
    }
}
