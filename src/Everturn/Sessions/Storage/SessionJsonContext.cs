using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Everturn.Agents.Steps;

namespace Everturn.Sessions.Storage;

[JsonSerializable(typeof(AgentMessage))]
[JsonSerializable(typeof(AgentWorkflowInput))]
[JsonSerializable(typeof(QueuedContent))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class SessionJsonContext : JsonSerializerContext
{
    // Escaping for HTML would make stored text up to six times longer. The depth holds for writing as for reading, so
    // that what was accepted can be read again; a JSON value parsed with the usual limit of 64 fits with room to spare.
    public static readonly SessionJsonContext Stored = new(
        new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            MaxDepth = 128,
        }
    );
}
