namespace Everturn.Sessions;

/// <summary>
/// What a session is created with, by the first commit that needs it. On an existing session user, tags and metadata
/// that are given here replace the stored ones, and the agent must be the same.
/// </summary>
public sealed record NewSession
{
    /// <summary>The agent.</summary>
    public required string AgentType { get; init; }

    /// <summary>A short name for lists; kept if the session has one.</summary>
    public string? Title { get; init; }

    /// <summary>Whose session it is.</summary>
    public string? UserId { get; init; }

    /// <summary>Labels for lists; null leaves them.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Names and values; null leaves them.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>The session at the root of a tree of sub-agents.</summary>
    public string? RootSessionId { get; init; }

    /// <summary>The session that calls this one.</summary>
    public string? ParentSessionId { get; init; }

    /// <summary>The session and checkpoint it is forked from.</summary>
    public string? ForkedFrom { get; init; }

    /// <summary>When the sweeper may delete it.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
