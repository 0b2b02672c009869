using System.Text.Json.Serialization;

namespace Everturn.Sqlite.Sessions;

[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class SessionListJsonContext : JsonSerializerContext;
