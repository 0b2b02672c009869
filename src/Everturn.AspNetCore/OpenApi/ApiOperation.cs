namespace Everturn.AspNetCore.OpenApi;

/// <summary>What the OpenAPI document says about one route.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path below the group's root, empty for the root itself.</param>
/// <param name="Id">Name of the operation in generated clients.</param>
/// <param name="Summary">What it does, in one line.</param>
internal sealed record ApiOperation(string Method, string Path, string Id, string Summary)
{
    /// <summary>What else one should know, in Markdown.</summary>
    public string? Description { get; init; }

    /// <summary>Query parameters and headers.</summary>
    public IReadOnlyList<ApiParameter> Parameters { get; init; } = [];

    /// <summary>The body; null for none.</summary>
    public ApiBody? Body { get; init; }

    /// <summary>Answers that are no problem.</summary>
    public IReadOnlyList<ApiResponse> Responses { get; init; } = [];

    /// <summary>Statuses of problems that are particular to it, besides those that any route can have.</summary>
    public IReadOnlyList<int> Problems { get; init; } = [];
}
