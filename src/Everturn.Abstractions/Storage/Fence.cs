namespace Everturn.Storage;

/// <summary>
/// Proof of ownership that goes with every commit of an owner. The store compares it with the stored owner, in the
/// same transaction; a mismatch is <see cref="OwnershipLostException"/> and writes nothing.
/// </summary>
/// <param name="Node">The owning host.</param>
/// <param name="OwnerEpoch">The claim's number on the run or instance, from 1.</param>
public readonly record struct Fence(NodeIdentity Node, long OwnerEpoch);
