namespace Everturn.Workflows;

/// <summary>What all workflows have in common; derive from <see cref="Workflow{TParams,TResult}"/>.</summary>
public abstract class Workflow
{
    private protected Workflow() { }

    /// <summary>The body with everything as plain JSON, so that the engine needs no type arguments.</summary>
    internal abstract Task<ReadOnlyMemory<byte>> RunAsync(
        WorkflowEvent<ReadOnlyMemory<byte>> trigger,
        IStepDriver driver,
        CancellationToken cancellationToken
    );
}
