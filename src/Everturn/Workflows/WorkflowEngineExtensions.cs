namespace Everturn.Workflows;

/// <summary>Typed access to an engine.</summary>
public static class WorkflowEngineExtensions
{
    /// <summary>One workflow of the engine, by name.</summary>
    /// <typeparam name="TIn">The workflow's parameters.</typeparam>
    /// <typeparam name="TOut">The workflow's result.</typeparam>
    /// <param name="engine">The engine.</param>
    /// <param name="workflowName">The workflow's name.</param>
    /// <exception cref="InvalidInputException">The name breaks the rules.</exception>
    public static IWorkflowClient<TIn, TOut> Client<TIn, TOut>(this IWorkflowEngine engine, string workflowName)
    {
        ArgumentNullException.ThrowIfNull(engine);
        WorkflowIdentifiers.CheckWorkflowName(workflowName);
        return new WorkflowClient<TIn, TOut>(engine, workflowName);
    }

    /// <summary>Reads an instance that may not be there.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="key">The instance.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>The instance, or null if there is none.</returns>
    public static async Task<InstanceSnapshot?> FindAsync(
        this IWorkflowEngine engine,
        InstanceKey key,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(engine);
        try
        {
            return await engine.GetAsync(key, cancellationToken).ConfigureAwait(false);
        }
        catch (InstanceNotFoundException)
        {
            return null;
        }
    }
}
