namespace Everturn.Workflows;

/// <summary>
/// One workflow, typed (Cloudflare Workflows, the <c>Workflow</c> binding). Comes from the container, by the workflow's
/// name as key, or without a key where only one registered workflow has these types.
/// </summary>
/// <typeparam name="TIn">The workflow's parameters.</typeparam>
/// <typeparam name="TOut">The workflow's result.</typeparam>
public interface IWorkflowClient<TIn, TOut>
{
    /// <summary>The workflow's name.</summary>
    string WorkflowName { get; }

    /// <summary>Creates an instance and returns when that is durable.</summary>
    /// <param name="parameters">What the workflow gets as payload.</param>
    /// <param name="id">The id: 1 to 100 of <c>[A-Za-z0-9_-]</c>, not starting with a hyphen; null for a new one.</param>
    /// <param name="creationToken">Makes the create repeatable, see <see cref="CreateInstance.CreationToken"/>.</param>
    /// <param name="cancellationToken">Stops waiting for acceptance, never the instance.</param>
    /// <exception cref="InvalidInputException">The id breaks the rules or the parameters are too large.</exception>
    /// <exception cref="InstanceAlreadyExistsException">The id was used before.</exception>
    Task<WorkflowInstance> CreateAsync(
        TIn parameters,
        string? id = null,
        string? creationToken = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>Creates an instance and returns when that is durable.</summary>
    /// <param name="parameters">What the workflow gets as payload.</param>
    /// <param name="options">Id, token and retention.</param>
    /// <param name="cancellationToken">Stops waiting for acceptance, never the instance.</param>
    /// <exception cref="InvalidInputException">The id breaks the rules or the parameters are too large.</exception>
    /// <exception cref="InstanceAlreadyExistsException">The id was used before.</exception>
    Task<WorkflowInstance> CreateAsync(
        TIn parameters,
        WorkflowCreateOptions options,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Creates instances in order, in one transaction. Ids that exist, or repeat inside the batch, are left out of the
    /// result, without an error.
    /// </summary>
    /// <param name="batch">1 to 100 instances, with 1 MiB of parameters together.</param>
    /// <param name="cancellationToken">Stops waiting for acceptance.</param>
    /// <returns>The instances that are new.</returns>
    /// <exception cref="InvalidInputException">The batch is empty or too large, or an id breaks the rules: nothing is created.</exception>
    Task<IReadOnlyList<WorkflowInstance>> CreateBatchAsync(
        IReadOnlyList<WorkflowBatchItem<TIn>> batch,
        CancellationToken cancellationToken = default
    );

    /// <inheritdoc cref="IWorkflowEngine.DeleteBatchAsync"/>
    Task<DeletedBatch> DeleteBatchAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken = default);

    /// <summary>Lists the workflow's instances, the newest first.</summary>
    /// <param name="query">Which, and from where on; its workflow is this one. Null for the newest 100.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <exception cref="InvalidInputException">The limit is out of range or the cursor is another tenant's.</exception>
    Task<InstancePage> ListAsync(InstanceQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>A handle on an existing instance.</summary>
    /// <param name="id">The id.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <exception cref="InstanceNotFoundException">There is no such instance.</exception>
    Task<WorkflowInstance> GetAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Creates an instance, waits until it has ended, and returns its output.</summary>
    /// <param name="parameters">What the workflow gets as payload.</param>
    /// <param name="id">The id; null for a new one.</param>
    /// <param name="cancellationToken">Stops waiting, never the instance.</param>
    /// <exception cref="InstanceFailedException">It errored or was terminated.</exception>
    Task<TOut> RunAsync(TIn parameters, string? id = null, CancellationToken cancellationToken = default);
}
