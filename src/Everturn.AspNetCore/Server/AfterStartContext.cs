using Everturn.Agents;

namespace Everturn.AspNetCore.Server;

/// <summary>What a hook learns once a start is durable (Helix Agents, <c>AfterStartContext</c>).</summary>
public sealed record AfterStartContext
{
    /// <summary>Services of the request.</summary>
    public required IServiceProvider Services { get; init; }

    /// <summary>The session.</summary>
    public required string SessionId { get; init; }

    /// <summary>The run that was begun.</summary>
    public required string RunId { get; init; }

    /// <summary>The agent.</summary>
    public required string AgentType { get; init; }

    /// <summary>The run, to follow and to command.</summary>
    public required AgentHandle Handle { get; init; }
}
