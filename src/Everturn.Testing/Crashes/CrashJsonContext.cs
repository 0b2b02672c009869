using System.Text.Json;
using System.Text.Json.Serialization;
using Everturn.Sessions;

namespace Everturn.Testing.Crashes;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(AgentMessage))]
[JsonSerializable(typeof(RunEvidence))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class CrashJsonContext : JsonSerializerContext;
