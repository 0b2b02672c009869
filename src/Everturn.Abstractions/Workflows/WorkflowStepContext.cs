namespace Everturn.Workflows;

/// <summary>What a step's callback may know about itself.</summary>
/// <param name="Name">The step's name.</param>
/// <param name="Count">Which call with this name it is in this instance, from 1.</param>
/// <param name="Attempt">Which attempt of the step it is, from 1.</param>
/// <param name="Options">The options in force, defaults filled in.</param>
public sealed record WorkflowStepContext(string Name, int Count, int Attempt, StepOptions Options);
