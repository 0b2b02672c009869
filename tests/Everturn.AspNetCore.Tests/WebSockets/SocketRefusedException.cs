using System.Net;

namespace Everturn.AspNetCore.Tests;

/// <summary>The server did not accept the handshake.</summary>
internal sealed class SocketRefusedException(HttpStatusCode status, Exception inner)
    : Exception($"The handshake was answered with {status}.", inner)
{
    public HttpStatusCode Status { get; } = status;
}
