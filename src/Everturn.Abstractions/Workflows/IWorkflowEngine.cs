namespace Everturn.Workflows;

/// <summary>What runtimes and users call to have workflows executed. The embedded engine is one; others may follow.</summary>
/// <remarks>Instances are named by <see cref="InstanceKey"/>. What is acknowledged is durable.</remarks>
public interface IWorkflowEngine
{
    /// <summary>What this engine can do.</summary>
    EngineCapabilities Capabilities { get; }

    /// <summary>Creates an instance and returns when that is durable; does not wait for its first step.</summary>
    /// <param name="instance">What to create.</param>
    /// <param name="cancellationToken">Stops waiting for acceptance, never the instance.</param>
    /// <returns>The new instance, or the existing one that was created with the same token.</returns>
    /// <exception cref="InvalidInputException">The id breaks the rules or the parameters are too large.</exception>
    /// <exception cref="WorkflowNotFoundException">No such workflow is registered here.</exception>
    /// <exception cref="InstanceAlreadyExistsException">The id was used with another token, or without one.</exception>
    Task<InstanceSnapshot> CreateAsync(CreateInstance instance, CancellationToken cancellationToken = default);

    /// <summary>Reads an instance.</summary>
    /// <param name="key">The instance.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <exception cref="InstanceNotFoundException">There is no such instance.</exception>
    Task<InstanceSnapshot> GetAsync(InstanceKey key, CancellationToken cancellationToken = default);

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

    /// <summary>Ends an instance. Steps in flight are cancelled by token and their results discarded.</summary>
    /// <param name="key">The instance.</param>
    /// <param name="cancellationToken">Stops waiting for acceptance.</param>
    /// <exception cref="InstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="InstanceFinishedException">The instance has ended already.</exception>
    Task TerminateAsync(InstanceKey key, CancellationToken cancellationToken = default);

    /// <summary>Removes an instance and all that is remembered of it, stopping it if it runs. Its id can be used again.</summary>
    /// <param name="key">The instance.</param>
    /// <param name="cancellationToken">Stops waiting for acceptance.</param>
    /// <exception cref="InstanceNotFoundException">There is no such instance.</exception>
    Task DeleteAsync(InstanceKey key, CancellationToken cancellationToken = default);
}
