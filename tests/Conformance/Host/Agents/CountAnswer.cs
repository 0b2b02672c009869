namespace Everturn.Conformance.Host.Agents;

/// <summary>How many clients are connected.</summary>
/// <param name="Count">The number.</param>
public sealed record CountAnswer(int Count);
