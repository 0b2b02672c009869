namespace Everturn.AspNetCore.Workflows;

/// <summary>What a batch created.</summary>
/// <param name="Instances">The instances that are new, in order; ids that existed are left out.</param>
public sealed record CreatedInstancesResponse(IReadOnlyList<InstanceView> Instances);
