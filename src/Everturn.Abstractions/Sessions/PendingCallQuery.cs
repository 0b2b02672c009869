namespace Everturn.Sessions;

/// <summary>Which pending calls to list, over all sessions and workflows, those asked first first.</summary>
public sealed record PendingCallQuery
{
    /// <summary>The tenant.</summary>
    public string Tenant { get; init; } = "";

    /// <summary>Only with this status. Default <see cref="PendingCallStatus.Pending"/>.</summary>
    public PendingCallStatus Status { get; init; } = PendingCallStatus.Pending;

    /// <summary>Only of this agent's sessions; null for any.</summary>
    public string? AgentType { get; init; }

    /// <summary>Only of this session; null for any.</summary>
    public string? SessionId { get; init; }

    /// <summary>Only of this workflow's instances; null for any.</summary>
    public string? Workflow { get; init; }

    /// <summary>Only of this user's sessions, and those that an instance asked them; null for any.</summary>
    public string? UserId { get; init; }

    /// <summary>Which page.</summary>
    public PageRequest Page { get; init; } = new();
}
