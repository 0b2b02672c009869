namespace Everturn.Workflows.Storage;

/// <summary>Asks for the end of an instance.</summary>
/// <param name="Key">The instance.</param>
/// <param name="At">Now: UTC, to the millisecond.</param>
public sealed record InstanceTermination(InstanceKey Key, DateTimeOffset At)
{
    /// <summary>
    /// Rolls back before it ends: <see cref="InstanceRecord.IsTerminating"/> is set, and an instance that nobody owns can
    /// be claimed at once, also a paused one.
    /// </summary>
    public bool Rollback { get; init; }

    /// <summary>When it is to be removed, without rollback.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Sent with the end, without rollback, unless its receiver has ended.</summary>
    public NewEvent? Notify { get; init; }
}
