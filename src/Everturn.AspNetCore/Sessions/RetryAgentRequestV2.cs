namespace Everturn.AspNetCore.Sessions;

/// <summary>Body of <c>POST /sessions/{sessionId}/retry</c> (Helix Agents, <c>RetryAgentRequestV2</c>).</summary>
public sealed record RetryAgentRequestV2
{
    /// <summary>The session's agent. Required.</summary>
    public string? AgentType { get; init; }

    /// <summary>From where; may be left out.</summary>
    public RetryAgentOptions? Options { get; init; }

    /// <summary>
    /// The caller's id of the request: repeated with the same body, it gives the same run. The header
    /// <c>Idempotency-Key</c> says the same.
    /// </summary>
    public string? RequestId { get; init; }
}
