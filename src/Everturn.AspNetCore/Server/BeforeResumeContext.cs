using Everturn.AspNetCore.Sessions;
using Microsoft.AspNetCore.Http;

namespace Everturn.AspNetCore.Server;

/// <summary>What a hook learns before a session is taken up again (Helix Agents, <c>BeforeResumeContext</c>).</summary>
public sealed record BeforeResumeContext
{
    /// <summary>Services of the request.</summary>
    public required IServiceProvider Services { get; init; }

    /// <summary>The request. Its body has been read.</summary>
    public required HttpRequest Request { get; init; }

    /// <summary>The body: complete, and each value acceptable by itself.</summary>
    public required ResumeAgentRequestV2 Body { get; init; }

    /// <summary>The session as it is, and its controls.</summary>
    public required IExecutionState ExecutionState { get; init; }
}
