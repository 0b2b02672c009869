namespace Everturn.Conformance.Host.Agents;

/// <summary>All changes that the hook saw.</summary>
/// <param name="Updates">The changes, in order.</param>
public sealed record StateUpdates(IReadOnlyList<StateUpdate> Updates);
