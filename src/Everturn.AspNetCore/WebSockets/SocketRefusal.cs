using System.Net.WebSockets;

namespace Everturn.AspNetCore.WebSockets;

/// <summary>A client's message that is not acceptable.</summary>
/// <param name="Code">The code to close with.</param>
/// <param name="Reason">What is wrong; short enough for a close frame.</param>
internal sealed record SocketRefusal(WebSocketCloseStatus Code, string Reason);
