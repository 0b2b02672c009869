using Everturn.AspNetCore.OpenApi;

namespace Microsoft.AspNetCore.OpenApi;

/// <summary>Describes Everturn's endpoints in an application's OpenAPI document.</summary>
public static class EverturnOpenApiOptionsExtensions
{
    /// <summary>
    /// Adds every route of Everturn's that is mapped, with the schemas of its bodies and problems:
    /// <c>builder.Services.AddOpenApi(o => o.AddEverturn())</c>, then <c>app.MapOpenApi()</c>.
    /// </summary>
    /// <param name="options">The document's options.</param>
    /// <returns>The same options.</returns>
    public static OpenApiOptions AddEverturn(this OpenApiOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.AddDocumentTransformer(new EverturnDocumentTransformer());
    }
}
