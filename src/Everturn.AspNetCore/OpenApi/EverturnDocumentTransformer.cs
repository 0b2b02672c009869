using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;

namespace Everturn.AspNetCore.OpenApi;

/// <summary>Adds Everturn's routes to an application's OpenAPI document.</summary>
internal sealed class EverturnDocumentTransformer : IOpenApiDocumentTransformer
{
    private static readonly OpenApiJsonReader Reader = new();

    public Task TransformAsync(
        OpenApiDocument document,
        OpenApiDocumentTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        var api = ApiDocument.Of(context.ApplicationServices.GetRequiredService<EndpointDataSource>().Endpoints);
        foreach (var (name, schema) in api.Schemas)
        {
            document.AddComponent<IOpenApiSchema>(name, Read<OpenApiSchema>(schema, document));
        }
        document.Tags ??= new HashSet<OpenApiTag>();
        foreach (var (path, methods) in api.Paths)
        {
            if (!document.Paths.TryGetValue(path, out var item))
            {
                document.Paths[path] = item = new OpenApiPathItem { Operations = [] };
            }
            foreach (var (method, operation) in methods)
            {
                document.Tags.Add(new() { Name = operation["tags"]![0]!.GetValue<string>() });
                item.Operations![HttpMethod.Parse(method)] = Read<OpenApiOperation>(operation, document);
            }
        }
        return Task.CompletedTask;
    }

    private static T Read<T>(JsonNode json, OpenApiDocument document)
        where T : IOpenApiElement =>
        Reader.ReadFragment<T>(json, OpenApiSpecVersion.OpenApi3_1, document, out _)
        ?? throw new InvalidOperationException("A part of the OpenAPI document could not be read.");
}
