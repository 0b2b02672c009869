using Everturn.AspNetCore.OpenApi;

namespace Everturn.AspNetCore;

/// <summary>Marks the endpoints that are Everturn's, and says what the OpenAPI document says of them.</summary>
/// <param name="name">What the group is called in the document.</param>
/// <param name="root">The group's path, for example <c>/sessions</c>.</param>
/// <param name="operations">Its routes; one that is not among them is not in the document.</param>
internal sealed class EverturnEndpointMetadata(string name, string root, IReadOnlyList<ApiOperation> operations)
{
    /// <summary>For endpoints that no document tells of.</summary>
    public static readonly EverturnEndpointMetadata Instance = new("", "", []);

    public string Name { get; } = name;

    public string Root { get; } = root;

    public IReadOnlyList<ApiOperation> Operations { get; } = operations;
}
