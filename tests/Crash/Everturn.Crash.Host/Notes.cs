using System.Text.Json;
using System.Text.Json.Serialization;
using Everturn.Agents;

namespace Everturn.Crash.Host;

/// <summary>The agents' custom state: an item for every tool call that succeeded.</summary>
internal sealed record Notes(IReadOnlyList<string> Items)
{
    public static readonly StateKey<Notes> Key = StateKey.Create(HostJson.Default.Notes, () => new([]));
}

/// <summary>What the structured agent answers.</summary>
internal sealed record Summary(string Text, int Count);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Notes))]
[JsonSerializable(typeof(Summary))]
internal sealed partial class HostJson : JsonSerializerContext;
