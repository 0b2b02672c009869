namespace Everturn.Sessions;

/// <summary>A change of a session's own fields; null leaves a field as it is.</summary>
public sealed record SessionChange
{
    /// <summary>The new title; empty for none.</summary>
    public string? Title { get; init; }

    /// <summary>The new user; empty for none.</summary>
    public string? UserId { get; init; }

    /// <summary>The new tags.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>The new metadata.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>The new time at which the sweeper may delete it; <see cref="DateTimeOffset.MaxValue"/> for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>A new status outside a run, for <c>compareAndSetStatus</c>.</summary>
    public SessionStatus? Status { get; init; }
}
