namespace Everturn.Conformance.Host.Agents;

/// <summary>The state, over HTTP.</summary>
/// <param name="State">The state.</param>
public sealed record StateAnswer(SharedState? State);
