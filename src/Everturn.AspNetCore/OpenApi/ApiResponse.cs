using System.Text.Json.Serialization.Metadata;

namespace Everturn.AspNetCore.OpenApi;

/// <summary>An answer.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Description">What it means.</param>
internal sealed record ApiResponse(int Status, string Description)
{
    /// <summary>An answer with a body of a type.</summary>
    public ApiResponse(JsonTypeInfo type, string description)
        : this(200, description) => Type = type;

    /// <summary>Contract of the body; null where it has none, or <see cref="Schema"/> says it.</summary>
    public JsonTypeInfo? Type { get; init; }

    /// <summary>Name of a schema that is written by hand, since the body is.</summary>
    public string? Schema { get; init; }

    /// <summary>Media type of the body.</summary>
    public string MediaType { get; init; } = "application/json";
}
