using Everturn.StatefulAgents.Storage;

namespace Everturn.StatefulAgents;

/// <summary>Another host owns the object; ask that one. Nothing was done. Over HTTP: 503.</summary>
/// <param name="id">The object.</param>
/// <param name="placement">Its owner.</param>
public sealed class ObjectElsewhereException(StatefulAgentId id, ObjectPlacement placement)
    : EverturnException($"{id} is owned by node {placement.Node.NodeId}{At(placement)}.")
{
    /// <summary>The object.</summary>
    public StatefulAgentId Id { get; } = id;

    /// <summary>Its owner.</summary>
    public ObjectPlacement Placement { get; } = placement;

    private static string At(ObjectPlacement placement) => placement.Address is { } address ? $" at {address}" : "";
}
