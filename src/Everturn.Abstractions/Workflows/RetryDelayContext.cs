namespace Everturn.Workflows;

/// <summary>What the computation of a retry's delay may know.</summary>
/// <param name="Step">The step and the attempt that failed.</param>
/// <param name="Error">Its error.</param>
public sealed record RetryDelayContext(WorkflowStepContext Step, InstanceError Error);
