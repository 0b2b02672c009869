namespace Everturn.Conformance.Host.Agents;

/// <summary>A state of one number.</summary>
/// <param name="Value">The number.</param>
public sealed record ValueState(int Value);
