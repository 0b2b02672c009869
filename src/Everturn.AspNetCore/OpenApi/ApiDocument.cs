using System.Globalization;
using System.Text.Json.Nodes;
using Everturn.Workflows;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Everturn.AspNetCore.OpenApi;

/// <summary>Puts together what the OpenAPI document says of the routes that are mapped: OpenAPI 3.1, as JSON.</summary>
internal sealed class ApiDocument
{
    private static readonly Dictionary<string, (string Description, int MaxLength)> PathParameters = new()
    {
        ["sessionId"] = (
            "The session: 1 to 128 of `A-Z a-z 0-9 . _ : @ -`, without `__`.",
            Identifiers.MaxSessionIdLength
        ),
        ["workflow"] = ("The workflow's name: letters, digits, `_` and `-`.", WorkflowIdentifiers.MaxWorkflowName),
        ["id"] = (
            "The instance. Ids of schedules have other characters than `A-Z a-z 0-9 _ -`: percent-encode them.",
            WorkflowIdentifiers.MaxInstanceId
        ),
        ["type"] = ("The event's type: letters, digits, `_` and `-`.", WorkflowIdentifiers.MaxEventType),
    };

    private readonly ApiSchemas _schemas = new();

    private ApiDocument()
    {
        StreamSchemas.AddTo(_schemas);
        _schemas.Reference(EverturnHttpJson.Default.ConnectionState);
        _schemas.Reference(EverturnHttpJson.Default.StreamEndFrame);
        _schemas.Reference(EverturnHttpJson.Default.SubscriptionEndEvent);
    }

    /// <summary>The operations, by path and method.</summary>
    public SortedDictionary<string, Dictionary<string, JsonObject>> Paths { get; } = new(StringComparer.Ordinal);

    /// <summary>The schemas, by name.</summary>
    public IReadOnlyDictionary<string, JsonNode> Schemas => _schemas.Components;

    /// <summary>Describes the endpoints of Everturn's among those of an application.</summary>
    public static ApiDocument Of(IEnumerable<Endpoint> endpoints)
    {
        var document = new ApiDocument();
        foreach (var endpoint in endpoints.OfType<RouteEndpoint>())
        {
            document.Add(endpoint);
        }
        return document;
    }

    private void Add(RouteEndpoint endpoint)
    {
        var pattern = "/" + endpoint.RoutePattern.RawText?.Trim('/');
        if (endpoint.Metadata.GetMetadata<EverturnEndpointMetadata>() is not { } group)
        {
            return;
        }
        var root = pattern.LastIndexOf(group.Root, StringComparison.Ordinal);
        var path = pattern[(root + group.Root.Length)..];
        foreach (var method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [])
        {
            if (group.Operations.FirstOrDefault(item => item.Method == method && item.Path == path) is { } operation)
            {
                var methods = Paths.TryGetValue(pattern, out var known) ? known : Paths[pattern] = [];
                methods[method] = Describe(operation, group.Name, NeedsSignIn(endpoint));
            }
        }
    }

    private static bool NeedsSignIn(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null
        && (
            endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null
            || endpoint.Metadata.GetMetadata<AuthorizationPolicy>() is not null
        );

    private JsonObject Describe(ApiOperation operation, string tag, bool needsSignIn)
    {
        var json = new JsonObject
        {
            ["tags"] = new JsonArray(tag),
            ["operationId"] = operation.Id,
            ["summary"] = operation.Summary,
        };
        if (operation.Description is { } description)
        {
            json["description"] = description;
        }
        var parameters = Parameters(operation);
        if (parameters.Count > 0)
        {
            json["parameters"] = parameters;
        }
        if (operation.Body is { } body)
        {
            json["requestBody"] = new JsonObject
            {
                ["required"] = body.IsRequired,
                ["content"] = Content("application/json", _schemas.Reference(body.Type)),
            };
        }
        json["responses"] = Responses(operation, needsSignIn);
        return json;
    }

    private static JsonArray Parameters(ApiOperation operation)
    {
        var parameters = new JsonArray();
        foreach (var (name, (description, maxLength)) in PathParameters)
        {
            if (operation.Path.Contains($"{{{name}}}", StringComparison.Ordinal))
            {
                parameters.Add((JsonNode)PathParameter(name, description, maxLength));
            }
        }
        foreach (var parameter in operation.Parameters)
        {
            parameters.Add(
                (JsonNode)
                    new JsonObject
                    {
                        ["name"] = parameter.Name,
                        ["in"] = parameter.In,
                        ["description"] = parameter.Description,
                        ["schema"] = JsonNode.Parse(parameter.Schema),
                    }
            );
        }
        return parameters;
    }

    private static JsonObject PathParameter(string name, string description, int maxLength) =>
        new()
        {
            ["name"] = name,
            ["in"] = "path",
            ["required"] = true,
            ["description"] = description,
            ["schema"] = new JsonObject
            {
                ["type"] = "string",
                ["minLength"] = 1,
                ["maxLength"] = maxLength,
            },
        };

    private JsonObject Responses(ApiOperation operation, bool needsSignIn)
    {
        var responses = new JsonObject();
        foreach (var response in operation.Responses)
        {
            var json = new JsonObject { ["description"] = response.Description };
            if (response.Schema is not null || response.Type is not null)
            {
                var schema = response.Type is { } type
                    ? _schemas.Reference(type)
                    : ApiSchemas.Reference(response.Schema!);
                json["content"] = Content(response.MediaType, schema);
            }
            responses[Key(response.Status)] = json;
        }
        if (needsSignIn)
        {
            responses[Key(StatusCodes.Status401Unauthorized)] = new JsonObject
            {
                ["description"] = "The caller is not signed in.",
            };
        }
        var isOfOne = operation.Path.Length > 0;
        int[] usual = isOfOne
            ? [StatusCodes.Status400BadRequest, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound]
            : [StatusCodes.Status400BadRequest];
        foreach (
            var status in usual
                .Concat(operation.Problems)
                .Append(StatusCodes.Status500InternalServerError)
                .Append(StatusCodes.Status503ServiceUnavailable)
        )
        {
            responses[Key(status)] = new JsonObject
            {
                ["description"] = Problems.Describe(status),
                ["content"] = Content("application/problem+json", _schemas.Reference(EverturnHttpJson.Default.Problem)),
            };
        }
        return responses;
    }

    private static JsonObject Content(string mediaType, JsonObject schema) =>
        new() { [mediaType] = new JsonObject { ["schema"] = schema } };

    private static string Key(int status) => status.ToString(CultureInfo.InvariantCulture);
}
