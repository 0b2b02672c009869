using Everturn.AspNetCore.Sessions;
using Microsoft.AspNetCore.Http;

namespace Everturn.AspNetCore.Server;

/// <summary>What a hook learns before a run is begun (Helix Agents, <c>BeforeStartContext</c>).</summary>
public sealed record BeforeStartContext
{
    /// <summary>Services of the request.</summary>
    public required IServiceProvider Services { get; init; }

    /// <summary>The request. Its body has been read.</summary>
    public required HttpRequest Request { get; init; }

    /// <summary>The body: complete, and each value acceptable by itself.</summary>
    public required StartAgentRequestV2 Body { get; init; }

    /// <summary>The session as it is, and its controls.</summary>
    public required IExecutionState ExecutionState { get; init; }
}
