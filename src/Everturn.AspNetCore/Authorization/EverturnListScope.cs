namespace Everturn.AspNetCore;

/// <summary>
/// How much of a list somebody may see. It narrows what the store reads; what it leaves in is asked for one by one
/// besides, so that a scope that is too wide shows nothing that a single read would not.
/// </summary>
public sealed record EverturnListScope
{
    private EverturnListScope() { }

    /// <summary>All of the tenant's.</summary>
    public static EverturnListScope All { get; } = new() { IsAll = true };

    /// <summary>None.</summary>
    public static EverturnListScope None { get; } = new();

    /// <summary>Whether no user is set apart.</summary>
    public bool IsAll { get; private init; }

    /// <summary>The only user whose resources are listed; null for <see cref="All"/> and <see cref="None"/>.</summary>
    public string? UserId { get; private init; }

    /// <summary>One user's.</summary>
    /// <param name="userId">The user; not empty.</param>
    public static EverturnListScope OfUser(string userId)
    {
        ArgumentException.ThrowIfNullOrEmpty(userId);
        return new() { UserId = userId };
    }
}
