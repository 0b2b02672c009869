namespace Everturn.AspNetCore.Workflows;

/// <summary>A page of instances.</summary>
/// <param name="Instances">The instances, newest first, without their outputs.</param>
/// <param name="HasMore">Whether more follow.</param>
/// <param name="NextCursor">Pass it as <c>cursor</c> to get them; absent on the last page.</param>
public sealed record InstancesResponse(IReadOnlyList<InstanceView> Instances, bool HasMore, string? NextCursor);
