namespace Everturn.Conformance.Host.Agents;

/// <summary>The state of <see cref="TestStateAgent"/>.</summary>
/// <param name="Count">A number, not negative.</param>
/// <param name="Items">Texts.</param>
/// <param name="LastUpdated">When somebody said that it changed.</param>
public sealed record SharedState(int Count, IReadOnlyList<string>? Items, string? LastUpdated);
