using Everturn.Storage;
using Everturn.Workflows.Storage;

namespace Everturn.Workflows;

/// <summary>For runtimes whose store creates an instance inside a transaction of its own.</summary>
internal interface IInstanceRunner
{
    /// <summary>The node to create an instance for; null when this host takes no more, and it is to be left to anybody.</summary>
    NodeIdentity? Claimant { get; }

    /// <summary>The instance is durable. Starts it here if it was created for this node, else has it claimed.</summary>
    void NotifyCreated(InstanceRecord created);

    /// <summary>Removes an instance that users cannot remove.</summary>
    /// <exception cref="InstanceNotFoundException">There is no such instance.</exception>
    Task DeleteAsync(InstanceKey key, CancellationToken cancellationToken);
}
