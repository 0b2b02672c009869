namespace Everturn.Workflows;

/// <summary>A page of the list of instances.</summary>
/// <param name="Instances">The instances, the newest first, without their journals.</param>
/// <param name="Next">Where the next page begins; null if this is the last one.</param>
public sealed record InstancePage(IReadOnlyList<InstanceSnapshot> Instances, InstanceCursor? Next);
