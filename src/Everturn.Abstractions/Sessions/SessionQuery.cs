namespace Everturn.Sessions;

/// <summary>Which sessions to list, newest first. Fields that are null do not filter.</summary>
public sealed record SessionQuery
{
    /// <summary>The tenant.</summary>
    public string Tenant { get; init; } = "";

    /// <summary>Only this agent's.</summary>
    public string? AgentType { get; init; }

    /// <summary>Only this user's.</summary>
    public string? UserId { get; init; }

    /// <summary>Only with this tag.</summary>
    public string? Tag { get; init; }

    /// <summary>Only with this status.</summary>
    public SessionStatus? Status { get; init; }

    /// <summary>Only with this text in the title, without regard to ASCII case.</summary>
    public string? Text { get; init; }

    /// <summary>Which page.</summary>
    public PageRequest Page { get; init; } = new();
}
