using System.Net.WebSockets;

namespace Everturn.AspNetCore.WebSockets;

/// <summary>Why the server closes a WebSocket (RFC 6455, section 7.4).</summary>
internal static class SocketCloseCode
{
    /// <summary>Everything was delivered: the end frame came before it.</summary>
    public const WebSocketCloseStatus Ended = WebSocketCloseStatus.NormalClosure;

    /// <summary>The server stops: connect again from the last number.</summary>
    public const WebSocketCloseStatus GoingAway = WebSocketCloseStatus.EndpointUnavailable;

    /// <summary>A message was not text.</summary>
    public const WebSocketCloseStatus NotText = WebSocketCloseStatus.InvalidMessageType;

    /// <summary>A message was not a connection state.</summary>
    public const WebSocketCloseStatus NotAcceptable = WebSocketCloseStatus.PolicyViolation;

    /// <summary>A message was too long.</summary>
    public const WebSocketCloseStatus TooLong = WebSocketCloseStatus.MessageTooBig;

    /// <summary>Something went wrong: connect again from the last number.</summary>
    public const WebSocketCloseStatus Failed = WebSocketCloseStatus.InternalServerError;
}
