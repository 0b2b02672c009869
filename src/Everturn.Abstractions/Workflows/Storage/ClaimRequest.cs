using Everturn.Storage;

namespace Everturn.Workflows.Storage;

/// <summary>Asks for instances to execute.</summary>
/// <param name="Node">The claiming node.</param>
/// <param name="Workflows">The workflows it has code for; instances of others wait.</param>
/// <param name="Now">Instances whose <see cref="InstanceRecord.WakeAt"/> is not after this are claimed, the earliest first.</param>
/// <param name="Limit">At most this many.</param>
public sealed record ClaimRequest(
    NodeIdentity Node,
    IReadOnlyCollection<ClaimableWorkflow> Workflows,
    DateTimeOffset Now,
    int Limit
);
