using Everturn.AspNetCore.Sessions;
using Microsoft.AspNetCore.Http;

namespace Everturn.AspNetCore.Server;

/// <summary>What a hook learns before a run is tried again (Helix Agents, <c>BeforeRetryContext</c>).</summary>
public sealed record BeforeRetryContext
{
    /// <summary>Services of the request.</summary>
    public required IServiceProvider Services { get; init; }

    /// <summary>The request. Its body has been read.</summary>
    public required HttpRequest Request { get; init; }

    /// <summary>The body: complete, and each value acceptable by itself.</summary>
    public required RetryAgentRequestV2 Body { get; init; }

    /// <summary>The session as it is, and its controls.</summary>
    public required IExecutionState ExecutionState { get; init; }
}
