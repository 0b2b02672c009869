using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Everturn.AspNetCore.Sessions;
using Everturn.AspNetCore.Workflows;
using Everturn.Sessions;
using Everturn.Workflows;

namespace Everturn.AspNetCore.OpenApi;

/// <summary>
/// The schemas of what travels, made from the very contracts that the serializer uses. A type of ours is written once
/// and referred to by its name.
/// </summary>
internal sealed class ApiSchemas
{
    private const string Root = "#/components/schemas/";

    // Open sets: a value that is not here may come from a newer server, so it is no enum.
    private static readonly Dictionary<Type, string> OpenNames = new()
    {
        [typeof(SessionStatus)] = "`active`, `interrupted`, `completed` or `failed`",
        [typeof(ExecutionStatus)] = "`idle`, `running`, `paused`, `interrupted`, `completed` or `failed`",
        [typeof(RunStatus)] =
            "`running`, `interrupted`, `completed`, `failed`, `suspended_client_tool`, `suspended_awaiting_children` or "
            + "`suspended_step_partial`",
        [typeof(RunTrigger)] = "`execute`, `resume`, `retry` or `fork`",
        [typeof(InstanceStatus)] =
            "`queued`, `running`, `waiting`, `waitingForPause`, `paused`, `complete`, `errored` or `terminated`",
        [typeof(InstanceTrigger)] = "`api`, `cron` or `workflow`",
        [typeof(InstanceLogEventType)] = "`workflow_queued`, `workflow_started`, `step_started` and so on",
        [typeof(MessageRole)] = "`user`, `assistant`, `tool` or `system`",
    };

    // Bodies are bound loosely, so that what is missing is answered with its name; the readers insist on these.
    private static readonly Dictionary<Type, string[]> RequiredOfRequests = new()
    {
        [typeof(StartAgentRequestV2)] = ["agentType", "input", "sessionId"],
        [typeof(StartAgentInput)] = ["message"],
        [typeof(StartAgentMessage)] = ["role", "content"],
        [typeof(InterruptRequest)] = [],
        [typeof(UpdateSessionRequest)] = [],
        [typeof(CreateInstanceRequest)] = [],
        [typeof(RetentionRequest)] = [],
        [typeof(ChangeStatusRequest)] = ["status"],
        [typeof(RestartFromRequest)] = ["name"],
    };

    private readonly JsonSchemaExporterOptions _options;

    public ApiSchemas() => _options = new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform };

    /// <summary>All schemas so far, by name.</summary>
    public SortedDictionary<string, JsonNode> Components { get; } = new(StringComparer.Ordinal);

    /// <summary>A reference to a schema by its name.</summary>
    public static JsonObject Reference(string name) => new() { ["$ref"] = Root + name };

    /// <summary>A reference to a type's schema, which is made if it is not there yet; of a list or any JSON the schema itself.</summary>
    public JsonObject Reference(JsonTypeInfo type)
    {
        if (type.Kind == JsonTypeInfoKind.Enumerable || type.Type == typeof(JsonElement))
        {
            return type.GetJsonSchemaAsNode(_options).AsObject();
        }
        var name = type.Type.Name;
        if (!Components.ContainsKey(name))
        {
            // Named before it is made, so that a type that contains itself comes to an end.
            Components[name] = new JsonObject();
            Components[name] = type.GetJsonSchemaAsNode(_options);
        }
        return Reference(name);
    }

    private JsonObject Transform(JsonSchemaExporterContext context, JsonNode schema)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        if (OpenNames.TryGetValue(type, out var names))
        {
            return new JsonObject { ["type"] = "string", ["description"] = $"{names}. Others may be added." };
        }
        if (schema is not JsonObject node)
        {
            // Any JSON.
            return new JsonObject();
        }
        if (context.TypeInfo.Kind == JsonTypeInfoKind.Object && IsOurs(type))
        {
            if (!context.Path.IsEmpty)
            {
                return Reference(context.TypeInfo);
            }
            SetRequired(context.TypeInfo, node);
        }
        if (context.PropertyInfo is not { IsRequired: true })
        {
            RemoveNull(node);
        }
        return node;
    }

    private static bool IsOurs(Type type) => type.Namespace?.StartsWith("Everturn", StringComparison.Ordinal) == true;

    // What has no value is absent, not null.
    private static void RemoveNull(JsonObject node)
    {
        if (node["type"] is JsonArray types && types.FirstOrDefault(type => (string?)type != "null") is { } type)
        {
            node["type"] = type.GetValue<string>();
        }
    }

    private static void SetRequired(JsonTypeInfo type, JsonObject node)
    {
        var names = RequiredOfRequests.TryGetValue(type.Type, out var given)
            ? given
            : type
                .Properties.Where(property =>
                    property.Get is not null
                    && (property.IsRequired || (!property.IsGetNullable && property.ShouldSerialize is null))
                )
                .Select(property => property.Name)
                .ToArray();
        node.Remove("required");
        if (names.Length > 0)
        {
            node["required"] = new JsonArray([.. names.Select(name => (JsonNode)name)]);
        }
    }
}
