using System.Text.Json;

namespace Everturn.Sessions;

/// <summary>A call that the model asked for.</summary>
/// <param name="Id">The model's id of the call, unique in the session.</param>
/// <param name="Name">The tool.</param>
/// <param name="Arguments">The arguments, a JSON object.</param>
public sealed record ToolCall(string Id, string Name, JsonElement Arguments);
