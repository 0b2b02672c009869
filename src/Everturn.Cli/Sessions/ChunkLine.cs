using System.Text.Json;
using Everturn.Cli.Client;

namespace Everturn.Cli.Sessions;

/// <summary>A chunk on one line: number, type, and what it says beyond that.</summary>
internal static class ChunkLine
{
    private static readonly HashSet<string> Envelope = ["type", "agentId", "agentType", "timestamp", "step"];

    public static string Of(StreamItem item)
    {
        if (item.End is { } end)
        {
            return $"{"end", 6}  {end.GetProperty("status").GetString()}{Detail(end, "reason")}{Detail(end, "error")}";
        }
        var chunk = item.Event!.Value.GetProperty("chunk");
        var type = chunk.GetProperty("type").GetString();
        var rest = chunk
            .EnumerateObject()
            .Where(property => !Envelope.Contains(property.Name))
            .Select(property => $"{property.Name}={property.Value.GetRawText()}");
        return $"{item.Event.Value.GetProperty("sequence").GetInt64(), 6}  {type, -22} {string.Join(' ', rest)}".TrimEnd();
    }

    private static string Detail(JsonElement end, string name) =>
        end.TryGetProperty(name, out var value) ? $", {value.GetString()}" : "";
}
