using Everturn.Storage;

namespace Everturn.StatefulAgents.Storage;

/// <summary>Where an object lives.</summary>
/// <param name="Node">The owning host.</param>
/// <param name="OwnerEpoch">The claim's number on the object, from 1.</param>
/// <param name="Address">How other hosts reach the owner; null if it did not say.</param>
/// <param name="IsLocal">Whether this host owns it.</param>
/// <param name="Alarm">When it is to be woken, UTC; null if it is not.</param>
public sealed record ObjectPlacement(
    NodeIdentity Node,
    long OwnerEpoch,
    string? Address,
    bool IsLocal,
    DateTimeOffset? Alarm
)
{
    /// <summary>Proof of ownership.</summary>
    public Fence Fence => new(Node, OwnerEpoch);
}
