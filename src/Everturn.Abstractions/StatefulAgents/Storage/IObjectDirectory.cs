using Everturn.Storage;

namespace Everturn.StatefulAgents.Storage;

/// <summary>
/// Which host owns which object, and when objects are to be woken. An owner is a host under its epoch
/// (<see cref="INodeDirectory"/>); another host takes an object only when that one is dead.
/// </summary>
public interface IObjectDirectory
{
    /// <summary>Makes this host the owner, unless a living host is.</summary>
    /// <param name="key">The object.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The owner, this host or another one. Durable.</returns>
    /// <exception cref="StoreUnavailableException">The store refuses work.</exception>
    ValueTask<ObjectPlacement> AcquireAsync(StatefulAgentId key, CancellationToken cancellationToken = default);

    /// <summary>Sets when the object is to be woken.</summary>
    /// <param name="key">The object.</param>
    /// <param name="fence">The owner.</param>
    /// <param name="alarm">When, UTC; null for never.</param>
    /// <exception cref="OwnershipLostException">Another host owns it; nothing was written.</exception>
    ValueTask SetAlarmAsync(StatefulAgentId key, Fence fence, DateTimeOffset? alarm);

    /// <summary>Forgets an object that has nothing stored any more.</summary>
    /// <param name="key">The object.</param>
    /// <param name="fence">The owner.</param>
    /// <exception cref="OwnershipLostException">Another host owns it; nothing was written.</exception>
    ValueTask ForgetAsync(StatefulAgentId key, Fence fence);

    /// <summary>Objects to be woken that this host or a dead one owns, the earliest first. Opens none of them.</summary>
    /// <param name="agents">The agents that this host has code for.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    ValueTask<IReadOnlyList<ObjectAlarm>> ReadAlarmsAsync(
        IReadOnlyCollection<string> agents,
        int limit,
        CancellationToken cancellationToken = default
    );
}
