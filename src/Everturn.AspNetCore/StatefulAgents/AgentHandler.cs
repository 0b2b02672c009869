using Everturn.AspNetCore.WebSockets;
using Everturn.StatefulAgents.Protocol;
using Everturn.StatefulAgents.Transport;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Everturn.AspNetCore.StatefulAgents;

/// <summary>Takes requests and connections of one route to their objects.</summary>
/// <param name="services">The application's services.</param>
/// <param name="options">The route's options.</param>
internal sealed class AgentHandler(IServiceProvider services, AgentRoutingOptions options)
{
    private const int MaxConnectionIdLength = 256;

    // Of agents 0.32: a session of Cap'n Web instead of frames. Frames would leave such a client waiting for ever.
    private const string TransportQuery = "__agents_transport";

    private static readonly SocketClose OtherTransport = new(1008, "Only JSON frames are offered here, not Cap'n Web.");

    private readonly IObjectTransport _objects = services.GetRequiredService<IObjectTransport>();
    private readonly TimeProvider _time = services.GetRequiredService<TimeProvider>();
    private readonly IHostApplicationLifetime _lifetime = services.GetRequiredService<IHostApplicationLifetime>();
    private readonly ILogger _logger = services
        .GetRequiredService<ILoggerFactory>()
        .CreateLogger("Everturn.AspNetCore.StatefulAgents");

    /// <summary>Answers a request.</summary>
    /// <param name="http">The request.</param>
    /// <param name="target">Its target as it was sent.</param>
    /// <param name="route">Where it goes.</param>
    public async Task HandleAsync(HttpContext http, string target, AgentRoute route)
    {
        var id = route.Id;
        id.Check();
        var isConnection = http.WebSockets.IsWebSocketRequest;
        var context = new AgentRouteContext(http, id, AgentRequests.From(http, target, route.SubPath, isConnection));
        if (isConnection)
        {
            await ConnectAsync(context).ConfigureAwait(false);
            return;
        }
        await AgentAccess.DemandAsync(http, id).ConfigureAwait(false);
        if (options.OnBeforeRequest is { } before && await before(context).ConfigureAwait(false) is { } answer)
        {
            await answer.ExecuteAsync(http).ConfigureAwait(false);
            return;
        }
        var response = await _objects
            .FetchAsync(id, context.Request, options.Props?.Invoke(http), http.RequestAborted)
            .ConfigureAwait(false);
        await AgentRequests.WriteAsync(http.Response, response).ConfigureAwait(false);
    }

    private async Task ConnectAsync(AgentRouteContext context)
    {
        var http = context.Http;
        var allowed = http.RequestServices.GetRequiredService<IOptions<StreamConnectionOptions>>().Value.AllowedOrigins;
        if (!SocketOrigin.IsAllowed(http.Request, allowed))
        {
            throw new HttpProblemException(Problems.OriginNotAllowed());
        }
        var connectionId = ConnectionId(http);
        var mayConnect = await AgentAccess.AllowsAsync(http, context.Id).ConfigureAwait(false);
        if (
            mayConnect
            && options.OnBeforeConnect is { } before
            && await before(context).ConfigureAwait(false) is { } answer
        )
        {
            await answer.ExecuteAsync(http).ConfigureAwait(false);
            return;
        }
        using var socket = await http.WebSockets.AcceptWebSocketAsync().ConfigureAwait(false);
        using var sender = new AgentSocket(socket, options.MaxWaitingBytes, _time);
        if (context.Refusal is { } refusal)
        {
            await sender.CloseAndWaitAsync(new(refusal.Code, refusal.Reason)).ConfigureAwait(false);
        }
        else if (!mayConnect)
        {
            // An answer that is no socket would have the client try again for ever.
            await sender.CloseAndWaitAsync(AgentAccess.Refused).ConfigureAwait(false);
        }
        else if (http.Request.Query[TransportQuery] == "capnweb")
        {
            await sender.CloseAndWaitAsync(OtherTransport).ConfigureAwait(false);
        }
        else if (await OpenAsync(context, connectionId, sender).ConfigureAwait(false) is { } connection)
        {
            await using var stopping = _lifetime
                .ApplicationStopping.UnsafeRegister(
                    static sender =>
                        ((AgentSocket)sender!).Close(SocketClose.Restart, "The server stops: connect again."),
                    sender
                )
                .ConfigureAwait(false);
            await new AgentConnection(socket, sender, connection, options.MaxFrameBytes)
                .RunAsync()
                .ConfigureAwait(false);
        }
        else
        {
            await sender.WaitForEndAsync().ConfigureAwait(false);
        }
    }

    private async Task<IObjectConnection?> OpenAsync(AgentRouteContext context, string connectionId, AgentSocket sender)
    {
        var http = context.Http;
        try
        {
            // A client that goes meanwhile is found gone by the first read: giving up here would leave the object with a
            // connection that nobody ends.
            return await _objects
                .ConnectAsync(
                    context.Id,
                    connectionId,
                    context.Request,
                    sender,
                    options.Props?.Invoke(http),
                    CancellationToken.None
                )
                .ConfigureAwait(false);
        }
        catch (Exception exception) when (AgentProblems.IsPassing(exception) || exception is StoreUnavailableException)
        {
            sender.Close(SocketClose.TryAgainLater, exception.Message);
        }
        catch (Exception exception)
        {
            AgentLog.SetupFailed(_logger, exception, context.Id);
            sender.Send(AgentFrames.SetupError(exception.Message), isText: true);
            sender.Close(SocketClose.Failed, "Uncaught exception during session setup");
        }
        return null;
    }

    private string ConnectionId(HttpContext http)
    {
        var id = http.Request.Query["_pk"].ToString();
        return id.Length switch
        {
            0 => ServerId.New(_time),
            <= MaxConnectionIdLength => id,
            _ => throw new InvalidInputException("_pk", $"It has at most {MaxConnectionIdLength} characters."),
        };
    }
}
