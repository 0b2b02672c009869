using System.Net.WebSockets;
using Everturn.StatefulAgents;
using Everturn.StatefulAgents.Protocol;
using Everturn.StatefulAgents.Transport;

namespace Everturn.AspNetCore.StatefulAgents;

/// <summary>
/// The receiving half of a client's WebSocket: hands each frame to the object, in order. It lasts as long as the
/// socket; whether the object is in memory meanwhile is not its concern.
/// </summary>
/// <param name="socket">The socket.</param>
/// <param name="sender">Its sending half.</param>
/// <param name="connection">The object's side.</param>
/// <param name="maxFrameBytes">The largest frame.</param>
internal sealed class AgentConnection(
    WebSocket socket,
    AgentSocket sender,
    IObjectConnection connection,
    int maxFrameBytes
)
{
    private readonly FrameReader _reader = new(socket, maxFrameBytes);

    /// <summary>Serves the connection until it ends, and tells the object how it did.</summary>
    public async Task RunAsync()
    {
        var close = await ReceiveAsync().ConfigureAwait(false);
        await connection.CloseAsync(close).ConfigureAwait(false);
        await sender.Sent.ConfigureAwait(false);
    }

    private async Task<CloseInfo> ReceiveAsync()
    {
        try
        {
            while (true)
            {
                var frame = await _reader.ReadAsync().ConfigureAwait(false);
                switch (frame.Kind)
                {
                    case IncomingFrameKind.Close:
                        return ClosedByClient();
                    case IncomingFrameKind.TooLarge:
                        var tooLarge = new SocketClose(
                            SocketClose.TooLarge,
                            $"A frame has at most {maxFrameBytes} bytes."
                        );
                        sender.Close(tooLarge);
                        return new(tooLarge.Code, tooLarge.Reason, WasClean: false);
                    case IncomingFrameKind.Binary:
                        await connection.ReceiveAsync(new(IsText: false, frame.Data)).ConfigureAwait(false);
                        break;
                    default:
                        await HandleTextAsync(frame.Data).ConfigureAwait(false);
                        break;
                }
            }
        }
        catch (Exception exception)
            when (exception is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            // An answer to our close with a code that the platform does not know is no failure: the close was ours.
            var own = sender.Closed;
            sender.Abort();
            return own is null
                ? new(SocketClose.Broken, "", WasClean: false)
                : new(own.Code, own.Reason, WasClean: own.Code != SocketClose.TryAgainLater);
        }
    }

    private ValueTask HandleTextAsync(ReadOnlyMemory<byte> text)
    {
        var frame = ClientFrame.Parse(text);
        return frame.Kind switch
        {
            ClientFrameKind.State => connection.SetStateAsync(frame.Value),
            ClientFrameKind.Rpc => connection.CallAsync(frame.Method, frame.Value, new CallReply(sender, frame.Id)),
            _ => connection.ReceiveAsync(new(IsText: true, text)),
        };
    }

    private CloseInfo ClosedByClient()
    {
        if (sender.Closed is { } own)
        {
            return new(own.Code, own.Reason, WasClean: true);
        }
        var code = (int?)socket.CloseStatus ?? SocketClose.NoCode;
        var reason = socket.CloseStatusDescription ?? "";
        sender.Close(SocketClose.AnswerTo(code, reason));
        return new(code, reason, WasClean: true);
    }
}
