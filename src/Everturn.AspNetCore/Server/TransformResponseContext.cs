using Everturn.AspNetCore.Sessions;

namespace Everturn.AspNetCore.Server;

/// <summary>What <see cref="AgentServerHooks.TransformResponse"/> gets.</summary>
public sealed record TransformResponseContext
{
    /// <summary>Services of the request.</summary>
    public required IServiceProvider Services { get; init; }

    /// <summary>The answer as it would be.</summary>
    public required AgentStartResponse Response { get; init; }

    /// <summary>The session.</summary>
    public required string SessionId { get; init; }

    /// <summary>The agent.</summary>
    public required string AgentType { get; init; }
}
