namespace Everturn.Workflows;

/// <summary>What runtimes and users call to have workflows executed. The embedded engine is one; others may follow.</summary>
/// <remarks>Instances are named by <see cref="InstanceKey"/>. What is acknowledged is durable.</remarks>
public interface IWorkflowEngine
{
    /// <summary>What this engine can do.</summary>
    EngineCapabilities Capabilities { get; }

    /// <summary>The workflows that this host has code for, by name.</summary>
    IReadOnlyList<WorkflowDescription> Workflows { get; }

    /// <summary>Creates an instance and returns when that is durable; does not wait for its first step.</summary>
    /// <param name="instance">What to create.</param>
    /// <param name="cancellationToken">Stops waiting for acceptance, never the instance.</param>
    /// <returns>The new instance, or the existing one that was created with the same token.</returns>
    /// <exception cref="InvalidInputException">The id breaks the rules or the parameters are too large.</exception>
    /// <exception cref="WorkflowNotFoundException">No such workflow is registered here.</exception>
    /// <exception cref="InstanceAlreadyExistsException">The id was used with another token, or without one.</exception>
    Task<InstanceSnapshot> CreateAsync(CreateInstance instance, CancellationToken cancellationToken = default);

    /// <summary>
    /// Creates instances in order, in one transaction. Ids that exist, or repeat inside the batch, are left out of the
    /// result, without an error.
    /// </summary>
    /// <param name="instances">1 to 100 instances, of any workflows, with 1 MiB of parameters together.</param>
    /// <param name="cancellationToken">Stops waiting for acceptance.</param>
    /// <returns>The instances that are new.</returns>
    /// <exception cref="InvalidInputException">The batch is empty or too large, or an entry is not acceptable: nothing is created.</exception>
    /// <exception cref="WorkflowNotFoundException">A workflow is not registered here: nothing is created.</exception>
    Task<IReadOnlyList<InstanceSnapshot>> CreateBatchAsync(
        IReadOnlyList<CreateInstance> instances,
        CancellationToken cancellationToken = default
    );

    /// <summary>Reads an instance.</summary>
    /// <param name="key">The instance.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <exception cref="InstanceNotFoundException">There is no such instance.</exception>
    Task<InstanceSnapshot> GetAsync(InstanceKey key, CancellationToken cancellationToken = default);

    /// <summary>Reads an instance with the progress of its steps.</summary>
    /// <param name="key">The instance.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <exception cref="InstanceNotFoundException">There is no such instance.</exception>
    Task<InstanceDetails> DescribeAsync(InstanceKey key, CancellationToken cancellationToken = default);

    /// <summary>Waits until an instance has ended, and reads it.</summary>
    /// <param name="key">The instance.</param>
    /// <param name="cancellationToken">Stops waiting, never the instance.</param>
    /// <exception cref="InstanceNotFoundException">There is no such instance, or it was deleted meanwhile.</exception>
    Task<InstanceSnapshot> WaitAsync(InstanceKey key, CancellationToken cancellationToken = default);

    /// <summary>Lists instances, the newest first.</summary>
    /// <param name="query">Which, and from where on.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <exception cref="InvalidInputException">The limit is out of range or the cursor is another tenant's.</exception>
    Task<InstancePage> ListAsync(InstanceQuery query, CancellationToken cancellationToken = default);

    /// <summary>Counts the instances of a workflow by status.</summary>
    /// <param name="workflow">The workflow's name.</param>
    /// <param name="tenant">Whose; empty is the default tenant.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>The statuses that occur, with how often.</returns>
    Task<IReadOnlyDictionary<InstanceStatus, long>> CountAsync(
        string workflow,
        string tenant = "",
        CancellationToken cancellationToken = default
    );

    /// <summary>Sends an event. It is kept until a wait for its type receives it.</summary>
    /// <param name="key">The instance.</param>
    /// <param name="type">The event's type: 1 to 100 of <c>[A-Za-z0-9_-]</c>, not starting with a hyphen.</param>
    /// <param name="payloadJson">What to send, as plain JSON, at most 1 MiB; empty for nothing.</param>
    /// <param name="cancellationToken">Stops waiting for acceptance.</param>
    /// <exception cref="InvalidInputException">The type breaks the rules or the payload is too large.</exception>
    /// <exception cref="InstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="InstanceFinishedException">The instance has ended.</exception>
    Task SendEventAsync(
        InstanceKey key,
        string type,
        ReadOnlyMemory<byte> payloadJson,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Stops an instance until it is resumed. Sleeps and waits are interrupted at once; steps in flight finish and are
    /// recorded, and it is <c>waitingForPause</c> until then. A paused instance stays as it is.
    /// </summary>
    /// <param name="key">The instance.</param>
    /// <param name="cancellationToken">Stops waiting for acceptance.</param>
    /// <exception cref="InstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="InstanceFinishedException">The instance has ended.</exception>
    /// <exception cref="InstanceControlledElsewhereException">It carries an agent's run.</exception>
    Task PauseAsync(InstanceKey key, CancellationToken cancellationToken = default);

    /// <summary>
    /// Lets a paused instance go on; what it was waiting for is due later by the length of the pause. Takes a pause back
    /// that has not come about. Has no effect on others.
    /// </summary>
    /// <param name="key">The instance.</param>
    /// <param name="cancellationToken">Stops waiting for acceptance.</param>
    /// <exception cref="InstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="InstanceControlledElsewhereException">It carries an agent's run.</exception>
    Task ResumeAsync(InstanceKey key, CancellationToken cancellationToken = default);

    /// <summary>Ends an instance. Steps in flight are cancelled by token and their results discarded.</summary>
    /// <param name="key">The instance.</param>
    /// <param name="options">Whether its steps are rolled back before; null for no.</param>
    /// <param name="cancellationToken">Stops waiting for acceptance.</param>
    /// <exception cref="InstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="InstanceFinishedException">The instance has ended already.</exception>
    /// <exception cref="InstanceControlledElsewhereException">It carries an agent's run.</exception>
    /// <exception cref="OperationCanceledException">
    /// The instance's own code called, its body or a step: it is terminated. The tokens of body and steps are cancelled, no
    /// further step starts, and nothing of what the code still does is recorded.
    /// </exception>
    Task TerminateAsync(
        InstanceKey key,
        TerminateOptions? options = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Runs an instance again, whatever its status, with the payload and the version it was created with: from the start,
    /// or from a step.
    /// </summary>
    /// <param name="key">The instance.</param>
    /// <param name="options">From where; null from the start.</param>
    /// <param name="cancellationToken">Stops waiting for acceptance.</param>
    /// <exception cref="InstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="InstanceConflictException">The step was never started; nothing is changed.</exception>
    /// <exception cref="InstanceControlledElsewhereException">It carries an agent's run.</exception>
    /// <exception cref="OperationCanceledException">
    /// The instance's own code called, its body or a step: it is restarted. The tokens of body and steps are cancelled, no
    /// further step starts, and nothing of what the code still does is recorded.
    /// </exception>
    Task RestartAsync(InstanceKey key, RestartOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes an instance and all that is remembered of it, stopping it if it runs, without rollback. Its id can be used
    /// again.
    /// </summary>
    /// <param name="key">The instance.</param>
    /// <param name="cancellationToken">Stops waiting for acceptance.</param>
    /// <exception cref="InstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="InstanceControlledElsewhereException">It carries an agent's run.</exception>
    /// <exception cref="OperationCanceledException">
    /// The instance's own code called, its body or a step: it is deleted. The tokens of body and steps are cancelled, no
    /// further step starts, and nothing of what the code still does is recorded.
    /// </exception>
    Task DeleteAsync(InstanceKey key, CancellationToken cancellationToken = default);

    /// <summary>Removes instances, each for itself.</summary>
    /// <param name="workflow">The workflow's name.</param>
    /// <param name="ids">1 to 100 ids; one that repeats is deleted once and reported for each position.</param>
    /// <param name="tenant">Whose; empty is the default tenant.</param>
    /// <param name="cancellationToken">Stops waiting for acceptance.</param>
    /// <returns>What was deleted and what was not.</returns>
    /// <exception cref="InvalidInputException">The batch is empty or too large, or an id is not acceptable: nothing is deleted.</exception>
    /// <exception cref="OperationCanceledException">The code of one of them called: all are dealt with, and it does not go on.</exception>
    Task<DeletedBatch> DeleteBatchAsync(
        string workflow,
        IReadOnlyList<string> ids,
        string tenant = "",
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Reads what happened to an instance, then what happens, in order and each event once. Ends after a terminal event,
    /// or when the instance is deleted. A subscriber that goes on from its cursor misses nothing.
    /// </summary>
    /// <param name="key">The instance.</param>
    /// <param name="options">From where, and which; null for everything.</param>
    /// <param name="cancellationToken">Stops the subscription.</param>
    /// <exception cref="InvalidInputException">The cursor is negative.</exception>
    /// <exception cref="InstanceNotFoundException">There is no such instance.</exception>
    IAsyncEnumerable<InstanceLogEvent> SubscribeAsync(
        InstanceKey key,
        SubscribeOptions? options = null,
        CancellationToken cancellationToken = default
    );
}
