namespace Everturn.Workflows;

/// <summary>Names a step of an instance.</summary>
/// <param name="Name">The step's name.</param>
/// <param name="Count">Which call with this name and kind, from 1.</param>
/// <param name="Kind">The kind of step; null for a step with a callback.</param>
public sealed record StepReference(string Name, int Count = 1, StepKind? Kind = null);
