using System.Text.Json.Serialization.Metadata;

namespace Everturn.AspNetCore.OpenApi;

/// <summary>The body of a request.</summary>
/// <param name="Type">Its contract.</param>
/// <param name="IsRequired">Whether it must be there.</param>
internal sealed record ApiBody(JsonTypeInfo Type, bool IsRequired = true);
