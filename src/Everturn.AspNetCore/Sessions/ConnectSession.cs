using Everturn.AspNetCore.WebSockets;
using Everturn.Streaming;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Everturn.AspNetCore.Sessions;

/// <summary>WebSocket on <c>/sessions/{sessionId}</c>: the stream as text frames, stored and live.</summary>
internal static class ConnectSession
{
    public static async Task HandleAsync(SessionRequest request)
    {
        var key = request.Key();
        var options = new StreamReadOptions
        {
            AfterSequence = request.Query.Number("fromSequence") ?? 0,
            Follow = request.Query.Flag("follow"),
        };
        var allowed = request.Service<IOptions<StreamConnectionOptions>>().Value.AllowedOrigins;
        if (!SocketOrigin.IsAllowed(request.Http.Request, allowed))
        {
            throw new HttpProblemException(Problems.OriginNotAllowed());
        }
        var stopping = request.Service<IHostApplicationLifetime>().ApplicationStopping;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(request.Aborted, stopping);
        // Before the handshake, so that what is refused gets an answer that says why.
        using var reader = await request
            .Service<SessionStreams>()
            .OpenAsync(key, options, ending.Token)
            .ConfigureAwait(false);
        using var socket = await request.Http.WebSockets.AcceptWebSocketAsync().ConfigureAwait(false);
        var connection = new SessionSocket(
            socket,
            reader,
            request.Service<TimeProvider>(),
            request.Service<ILoggerFactory>().CreateLogger("Everturn.AspNetCore")
        );
        await connection.RunAsync(ending).ConfigureAwait(false);
    }
}
