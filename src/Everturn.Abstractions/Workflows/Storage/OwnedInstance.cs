namespace Everturn.Workflows.Storage;

/// <summary>An instance that a node owns.</summary>
/// <param name="Key">The instance.</param>
/// <param name="OwnerEpoch">The number of its claim.</param>
/// <param name="LastEvent">The number of the last event that was sent to it.</param>
public readonly record struct OwnedInstance(InstanceKey Key, long OwnerEpoch, long LastEvent);
