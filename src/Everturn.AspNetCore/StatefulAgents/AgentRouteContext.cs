using Everturn.StatefulAgents;
using Microsoft.AspNetCore.Http;

namespace Everturn.AspNetCore.StatefulAgents;

/// <summary>A request on its way to an object, as the hooks of <see cref="AgentRoutingOptions"/> see it.</summary>
public sealed class AgentRouteContext
{
    internal AgentRouteContext(HttpContext http, StatefulAgentId id, AgentRequest request)
    {
        Http = http;
        Id = id;
        Request = request;
    }

    /// <summary>The request as ASP.NET Core has it, authenticated and authorized.</summary>
    public HttpContext Http { get; }

    /// <summary>The object that it goes to.</summary>
    public StatefulAgentId Id { get; }

    /// <summary>What the object will get; can be replaced.</summary>
    public AgentRequest Request { get; set; }

    internal (int Code, string Reason)? Refusal { get; private set; }

    /// <summary>
    /// Refuses a client so that it does not come back: its socket is accepted and closed at once. Only before a
    /// connection.
    /// </summary>
    /// <param name="code">1008, or 4000 to 4999: the codes after which the npm clients give up.</param>
    /// <param name="reason">What the client is told, at most 123 bytes of UTF-8.</param>
    /// <exception cref="ArgumentOutOfRangeException">After this code clients would come back.</exception>
    public void Refuse(int code, string reason)
    {
        if (code is not (1008 or (>= 4000 and <= 4999)))
        {
            throw new ArgumentOutOfRangeException(nameof(code), code, "It is 1008, or 4000 to 4999.");
        }
        Refusal = (code, reason);
    }
}
