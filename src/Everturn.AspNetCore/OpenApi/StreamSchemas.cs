using System.Text.Json.Nodes;
using Everturn.Streaming;

namespace Everturn.AspNetCore.OpenApi;

/// <summary>The schemas of streams, whose chunks travel as they are stored rather than through a contract.</summary>
internal static class StreamSchemas
{
    public const string Event = "StreamEvent";
    public const string History = "HistoryResponse";

    /// <summary>Adds them.</summary>
    public static void AddTo(ApiSchemas schemas)
    {
        var kinds = new JsonArray();
        var mapping = new JsonObject();
        foreach (var (name, type) in StreamChunkJson.Contracts)
        {
            var reference = schemas.Reference(type);
            var properties = schemas.Components[type.Type.Name]["properties"]!;
            properties["type"] = new JsonObject { ["type"] = "string", ["const"] = name };
            mapping[name] = reference["$ref"]!.GetValue<string>();
            kinds.Add((JsonNode)reference);
        }
        schemas.Components["StreamChunk"] = new JsonObject
        {
            ["description"] = "One item of the event log. Readers pass over types that they do not know.",
            ["oneOf"] = kinds,
            ["discriminator"] = new JsonObject { ["propertyName"] = "type", ["mapping"] = mapping },
        };
        schemas.Components[Event] = JsonNode.Parse(
            """
            {
              "type": "object",
              "description": "Data of a server-sent event, and a frame of the WebSocket.",
              "required": ["sequence", "chunk"],
              "properties": {
                "sequence": {"type": "integer", "format": "int64", "minimum": 0},
                "chunk": {"$ref": "#/components/schemas/StreamChunk"}
              }
            }
            """
        )!;
        schemas.Components[History] = JsonNode.Parse(
            """
            {
              "type": "object",
              "required": ["status", "firstSequence", "lastSequence", "hasMore", "chunks"],
              "properties": {
                "status": {"type": "string", "description": "`active`, `paused`, `ended` or `failed`."},
                "firstSequence": {"type": "integer", "format": "int64"},
                "lastSequence": {"type": "integer", "format": "int64"},
                "hasMore": {"type": "boolean"},
                "chunks": {"type": "array", "items": {"$ref": "#/components/schemas/StreamEvent"}}
              }
            }
            """
        )!;
    }
}
