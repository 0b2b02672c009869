namespace Everturn.Conformance.Host.Agents;

/// <summary>A change that the hook saw.</summary>
/// <param name="State">The new state.</param>
/// <param name="Source">The id of the connection, or <c>server</c>.</param>
public sealed record StateUpdate(SharedState? State, string Source);
