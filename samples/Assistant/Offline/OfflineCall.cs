using System.Text.Json;

namespace Assistant.Offline;

/// <summary>A call in a transcript, with its result once there is one.</summary>
/// <param name="id">The call's id.</param>
/// <param name="tool">The tool.</param>
/// <param name="arguments">The arguments.</param>
internal sealed class OfflineCall(string id, string tool, IDictionary<string, object?>? arguments)
{
    public string Id { get; } = id;

    public string Tool { get; } = tool;

    /// <summary>The result as text, JSON unless the tool failed; null while there is none.</summary>
    public string? Result { get; set; }

    /// <summary>An argument as text.</summary>
    public string Argument(string name) => arguments?.TryGetValue(name, out var value) is true ? $"{value}" : "";

    /// <summary>The result as what the tool gives; null where it failed.</summary>
    public T? As<T>()
        where T : class
    {
        try
        {
            return Result is null ? null : JsonSerializer.Deserialize<T>(Result, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
