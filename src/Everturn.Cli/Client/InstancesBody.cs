namespace Everturn.Cli.Client;

/// <summary>A page of instances.</summary>
internal sealed record InstancesBody(IReadOnlyList<InstanceBody> Instances, bool HasMore, string? NextCursor)
    : IPageBody;
