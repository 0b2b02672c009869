using Everturn.Sessions;
using Microsoft.Extensions.Logging;

namespace Everturn.AspNetCore.Server;

/// <summary>What an endpoint of the application's own gets (Helix Agents, <c>EndpointContext</c>).</summary>
public sealed record EndpointContext
{
    /// <summary>Services of the request.</summary>
    public required IServiceProvider Services { get; init; }

    /// <summary>The session that the path names; it need not exist.</summary>
    public required SessionKey Session { get; init; }

    /// <summary>The session as it is, and its controls.</summary>
    public required IExecutionState ExecutionState { get; init; }

    /// <summary>The server's logger.</summary>
    public required ILogger Logger { get; init; }
}
