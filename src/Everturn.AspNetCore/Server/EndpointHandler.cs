using Microsoft.AspNetCore.Http;

namespace Everturn.AspNetCore.Server;

/// <summary>Answers a request below a session (Helix Agents, <c>EndpointHandler</c>), whatever its method.</summary>
/// <param name="request">The request. For <c>/start</c> its body has been transformed.</param>
/// <param name="context">The session and what belongs to it.</param>
public delegate Task<IResult> EndpointHandler(HttpRequest request, EndpointContext context);
