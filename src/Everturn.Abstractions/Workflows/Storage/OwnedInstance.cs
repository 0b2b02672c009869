namespace Everturn.Workflows.Storage;

/// <summary>An instance that a node owns.</summary>
/// <param name="Key">The instance.</param>
/// <param name="OwnerEpoch">The number of its claim.</param>
/// <param name="LastEvent">The number of the last event that was sent to it.</param>
/// <param name="Status">Its status: says whether a pause is asked for.</param>
/// <param name="IsTerminating">Whether its end with rollback is asked for.</param>
public readonly record struct OwnedInstance(
    InstanceKey Key,
    long OwnerEpoch,
    long LastEvent,
    InstanceStatus Status,
    bool IsTerminating
);
