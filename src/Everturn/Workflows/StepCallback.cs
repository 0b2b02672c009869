namespace Everturn.Workflows;

/// <summary>What a step runs, off the logical thread.</summary>
/// <param name="context">The step and the attempt.</param>
/// <param name="cancellationToken">Cancelled when the attempt times out or the instance is stopped.</param>
/// <returns>The result as plain JSON.</returns>
internal delegate Task<ReadOnlyMemory<byte>> StepCallback(
    WorkflowStepContext context,
    CancellationToken cancellationToken
);
