namespace Everturn.AspNetCore.Sessions;

/// <summary>Body of <c>POST /sessions/{sessionId}/start</c> (Helix Agents, <c>StartAgentRequestV2</c>).</summary>
public sealed record StartAgentRequestV2
{
    /// <summary>The agent. Required.</summary>
    public string? AgentType { get; init; }

    /// <summary>What the run begins with. Required.</summary>
    public StartAgentInput? Input { get; init; }

    /// <summary>The session, the same as in the path. Required.</summary>
    public string? SessionId { get; init; }

    /// <summary>Whose session it is.</summary>
    public string? UserId { get; init; }

    /// <summary>Labels for lists.</summary>
    public IReadOnlyList<string?>? Tags { get; init; }

    /// <summary>Names and values that belong to the session.</summary>
    public IReadOnlyDictionary<string, string?>? Metadata { get; init; }

    /// <summary>
    /// What becomes of the message if the session's run has not ended: <c>reject</c> (default), <c>enqueue</c>,
    /// <c>interrupt</c>, <c>rollback</c> or <c>steer</c>.
    /// </summary>
    public string? DoubleTexting { get; init; }

    /// <summary>
    /// The caller's id of the request: repeated with the same body, it gives the same run. The header
    /// <c>Idempotency-Key</c> says the same.
    /// </summary>
    public string? RequestId { get; init; }
}
