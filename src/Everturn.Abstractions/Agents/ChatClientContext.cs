namespace Everturn.Agents;

/// <summary>The execution that a chat client is for (Helix Agents, <c>LLMAdapterContext</c>).</summary>
public sealed record ChatClientContext
{
    /// <summary>The session.</summary>
    public required string SessionId { get; init; }

    /// <summary>The agent that executes.</summary>
    public required string AgentType { get; init; }

    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>The session's tenant. Default: empty.</summary>
    public string Tenant { get; init; } = "";

    /// <summary>Whose session it is; null where nobody said.</summary>
    public string? UserId { get; init; }
}
